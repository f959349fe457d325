using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Newtonsoft.Json.Linq;

namespace RealHost;

/// <summary>
/// Makes a class with a method for each Durable function of the app, for WebJobs to find. As in the Functions host the
/// methods know nothing: each hands its trigger to the worker.
/// </summary>
public static class FunctionTypes
{
    private static Worker? worker;

    private static readonly Dictionary<string, Type> Triggers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["orchestrationTrigger"] = typeof(OrchestrationTriggerAttribute),
        ["activityTrigger"] = typeof(ActivityTriggerAttribute),
        ["entityTrigger"] = typeof(EntityTriggerAttribute),
    };

    public static Type Make(IEnumerable<FunctionInfo> functions, Worker runsOn)
    {
        worker = runsOn;
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("App"), AssemblyBuilderAccess.Run);
        const TypeAttributes Static = TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Abstract;
        TypeBuilder type = assembly.DefineDynamicModule("App").DefineType("Functions", Static);
        foreach (FunctionInfo function in functions)
        {
            if (Triggers.TryGetValue(function.Trigger, out Type? trigger)) AddMethod(type, function, trigger);
        }

        return type.CreateType();
    }

    /// <summary>Called by the methods that are made here.</summary>
    public static Task<object?> Run(string name, string trigger, string? input, string? instanceId) =>
        (worker ?? throw new InvalidOperationException("no worker")).Invoke(new JObject
        {
            ["name"] = name,
            ["trigger"] = trigger,
            ["input"] = input,
            ["instanceId"] = instanceId,
        });

    /// <summary>Only an activity is told the instance it belongs to, by a parameter of that name.</summary>
    private static void AddMethod(TypeBuilder type, FunctionInfo function, Type trigger)
    {
        bool isActivity = trigger == typeof(ActivityTriggerAttribute);
        MethodBuilder method = type.DefineMethod(
            function.Name,
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(Task<object>),
            isActivity ? [typeof(string), typeof(string)] : [typeof(string)]);
        ConstructorInfo attribute = trigger.GetConstructor(Type.EmptyTypes)
            ?? throw new InvalidOperationException($"{trigger.Name} has another shape than in extension 3.19.0");
        method.DefineParameter(1, ParameterAttributes.None, function.Binding)
            .SetCustomAttribute(new CustomAttributeBuilder(attribute, []));
        if (isActivity) method.DefineParameter(2, ParameterAttributes.None, "instanceId");

        ILGenerator body = method.GetILGenerator();
        body.Emit(OpCodes.Ldstr, function.Name);
        body.Emit(OpCodes.Ldstr, function.Trigger);
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(isActivity ? OpCodes.Ldarg_1 : OpCodes.Ldnull);
        body.Emit(OpCodes.Call, typeof(FunctionTypes).GetMethod(nameof(Run))!);
        body.Emit(OpCodes.Ret);
    }
}
