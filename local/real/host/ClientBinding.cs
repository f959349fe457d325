using System.Reflection;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace RealHost;

/// <summary>The text that the extension gives to a durableClient input of a function that runs out of process.</summary>
public sealed class ClientBinding(JobHost host)
{
    private static readonly MethodInfo Method = typeof(ClientBinding).GetMethod(nameof(Tell))!;
    private readonly Lazy<Task<string>> text = new(() => Ask(host));

    public Task<string> Text => text.Value;

    /// <summary>WebJobs binds the parameter when the host calls this.</summary>
    [NoAutomaticTrigger]
    public static void Tell([DurableClient] string client, TaskCompletionSource<string> told) => told.SetResult(client);

    private static async Task<string> Ask(JobHost host)
    {
        TaskCompletionSource<string> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await host.CallAsync(Method, new Dictionary<string, object> { ["told"] = told });
        return await told.Task;
    }
}
