namespace RealHost;

/// <summary>A function of the app as the worker tells it.</summary>
/// <param name="Binding">The name of its trigger's binding, which names the trigger's parameter.</param>
public sealed record FunctionInfo(string Name, string Trigger, string Binding);
