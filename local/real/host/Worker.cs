using System.Text;
using Microsoft.Azure.WebJobs.Script.Workers;
using Microsoft.Azure.WebJobs.Script.Workers.Rpc;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace RealHost;

/// <summary>
/// The Node process that has the app. It may die at any time and is started again by others: invocations that find
/// none wait for the next, as in the Functions host, and one that it dies in has failed.
/// </summary>
public sealed class Worker(Uri address)
{
    private static readonly TimeSpan UntilNextLook = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // A connection that is used again and breaks makes the client send once more, by itself and silently.
        PooledConnectionLifetime = TimeSpan.Zero,
        UseCookies = false,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>What an activity gets that asks for a durableClient input, as any function may.</summary>
    public ClientBinding? Client { get; set; }

    public async Task<IReadOnlyList<FunctionInfo>> Functions()
    {
        JToken functions = await Ask(new Uri(address, "_worker/functions"), null);
        return functions.ToObject<FunctionInfo[]>() ?? [];
    }

    /// <summary>
    /// Runs a function and answers with what it returned.
    /// </summary>
    /// <exception cref="RpcException">It threw.</exception>
    /// <exception cref="WorkerProcessExitException">The worker ended in it.</exception>
    public async Task<object?> Invoke(JObject invocation)
    {
        if ((string?)invocation["trigger"] == "activityTrigger" && Client is { } client) invocation["client"] = await client.Text;
        JToken answer = await Ask(new Uri(address, "_worker/invocations"), invocation);
        return answer["error"] is { } error
            ? throw new RpcException((string?)error["message"] ?? "", (string?)error["stack"] ?? "")
            : TypedValue.From(answer["returned"]);
    }

    /// <summary>Sends a request, anew to the next worker while there is none.</summary>
    /// <exception cref="WorkerProcessExitException">The worker ended before it answered.</exception>
    public async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> request, CancellationToken cancelled)
    {
        for (; ; await Task.Delay(UntilNextLook, cancelled))
        {
            try
            {
                return await http.SendAsync(request(), HttpCompletionOption.ResponseHeadersRead, cancelled);
            }
            catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // Nobody listens there now.
            }
            catch (HttpRequestException error)
            {
                throw new WorkerProcessExitException($"the worker ended: {error.HttpRequestError}");
            }
        }
    }

    private async Task<JToken> Ask(Uri url, JObject? body)
    {
        HttpRequestMessage Request() => body is null
            ? new(HttpMethod.Get, url)
            : new(HttpMethod.Post, url) { Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json") };

        using HttpResponseMessage response = await Send(Request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        try
        {
            using StringReader text = new(await response.Content.ReadAsStringAsync());
            using JsonTextReader reader = new(text) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
            return await JToken.ReadFromAsync(reader);
        }
        catch (HttpRequestException)
        {
            throw new WorkerProcessExitException("the worker ended while it answered");
        }
    }
}
