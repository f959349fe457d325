// The extension knows these two of the Functions host by namespace and name, so both are given here as there.

namespace Microsoft.Azure.WebJobs.Script.Workers.Rpc
{
    /// <summary>A function that threw in the worker; the extension reads message and stack out of the text.</summary>
    public sealed class RpcException(string message, string stack)
        : Exception($"Result: Failure\nException: {message}\nStack: {stack}")
    {
        public bool IsUserException { get; init; }

        public string RemoteMessage { get; } = message;

        public string RemoteStackTrace { get; } = stack;

        public string RemoteTypeName { get; init; } = "";
    }
}

namespace Microsoft.Azure.WebJobs.Script.Workers
{
    /// <summary>The worker's process ended while a function ran in it.</summary>
    public sealed class WorkerProcessExitException(string message) : Exception(message)
    {
        public int ExitCode { get; init; }
    }
}
