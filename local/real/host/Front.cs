using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.WebApiCompatShim;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Script.Workers;
using Microsoft.Extensions.Primitives;
using Newtonsoft.Json.Linq;

namespace RealHost;

/// <summary>
/// All that this host answers over HTTP: the extension's management API, timer functions fired by hand, and the app's
/// HTTP functions, which the worker itself routes.
/// </summary>
public sealed class Front(DurableTaskExtension extension, Worker worker, ClientBinding client, Uri workerAddress)
{
    /// <summary>Carries the text of the durableClient input to the worker.</summary>
    private const string ClientHeader = "x-worker-durable-client";

    /// <summary>Headers of one connection are not handed on to the next.</summary>
    private static readonly HashSet<string> HopHeaders = new(
        ["connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "expect"],
        StringComparer.OrdinalIgnoreCase);

    public WebApplication Build(int port, IEnumerable<FunctionInfo> functions)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AllowSynchronousIO = true;
        });
        WebApplication app = builder.Build();
        app.Map("/runtime/webhooks/durabletask/{**rest}", (RequestDelegate)Manage);
        app.MapGet("/admin/host/status", () => Results.Json(new { state = "Running" }));
        HashSet<string> timers = functions
            .Where(function => function.Trigger.Equals("timerTrigger", StringComparison.OrdinalIgnoreCase))
            .Select(function => function.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        app.MapPost("/admin/functions/{name}", (string name) =>
        {
            if (!timers.Contains(name)) return Results.NotFound();
            _ = Fire(name);
            return Results.Accepted();
        });
        app.MapFallback("{**path}", (RequestDelegate)Forward);
        return app;
    }

    private async Task Fire(string timer)
    {
        try
        {
            JObject invocation = new() { ["name"] = timer, ["trigger"] = "timerTrigger", ["client"] = await client.Text };
            await worker.Invoke(invocation);
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"timer {timer} failed: {error.Message}");
        }
    }

    private async Task Manage(HttpContext context)
    {
        HttpRequestMessage request = new HttpRequestMessageFeature(context).HttpRequestMessage;
        IAsyncConverter<HttpRequestMessage, HttpResponseMessage> answers = extension;
        using HttpResponseMessage answer = await answers.ConvertAsync(request, context.RequestAborted);
        await Copy(answer, context);
    }

    /// <summary>A worker that ends in a request leaves an empty 500, as in the Functions host.</summary>
    private async Task Forward(HttpContext context)
    {
        try
        {
            MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            string binding = Convert.ToBase64String(Encoding.UTF8.GetBytes(await client.Text));
            using HttpResponseMessage answer = await worker.Send(
                () => Forwarded(context.Request, body.ToArray(), binding),
                context.RequestAborted);
            await Copy(answer, context);
        }
        catch (WorkerProcessExitException)
        {
            context.Response.StatusCode = 500;
        }
    }

    private HttpRequestMessage Forwarded(HttpRequest from, byte[] body, string binding)
    {
        string target = from.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        HttpRequestMessage request = new(new HttpMethod(from.Method), workerAddress.GetLeftPart(UriPartial.Authority) + target);
        // Even an empty body is one: without any the client would send again, silently, what a worker died of.
        request.Content = new ByteArrayContent(body);
        bool isChunked = from.ContentLength is null && body.Length > 0;
        if (isChunked) request.Headers.TransferEncodingChunked = true;
        foreach ((string name, StringValues values) in from.Headers.Where(header => !HopHeaders.Contains(header.Key)))
        {
            if (request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) continue;
            request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        request.Headers.Add(ClientHeader, binding);
        return request;
    }

    private static async Task Copy(HttpResponseMessage answer, HttpContext context)
    {
        HttpResponse to = context.Response;
        to.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!HopHeaders.Contains(name)) to.Headers[name] = values.ToArray();
        }

        if (to.StatusCode is 204 or 304) return;
        await answer.Content.CopyToAsync(to.Body, context.RequestAborted);
    }
}
