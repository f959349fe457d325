using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host.Config;
using RealHost;

// The Durable extension itself, as the Functions host runs it for an app in Node: the app is in a worker process.
try
{
    // Each activity that waits for the worker may hold a thread of the extension for a moment.
    ThreadPool.SetMinThreads(64, 64);
    // The extension writes each of its events there, a hundred for a batch.
    TextWriter output = Console.Out;
    Console.SetOut(TextWriter.Null);
    // By this the extension chooses the protocol of its side.
    Environment.SetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME", "node");
    Settings settings = Settings.Read(args);
    Worker worker = new(settings.Worker);
    IReadOnlyList<FunctionInfo> functions = await worker.Functions();

    using IHost host = new HostBuilder()
        .ConfigureAppConfiguration(configuration =>
            configuration.AddInMemoryCollection(settings.Configuration).AddEnvironmentVariables())
        .ConfigureWebJobs(jobs => jobs.AddDurableTask())
        .ConfigureLogging(log => log
            .AddSimpleConsole(line => { line.SingleLine = true; line.TimestampFormat = "HH:mm:ss.fff "; })
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning))
        .ConfigureServices(services =>
        {
            services.AddSingleton<ITypeLocator>(new AppTypes(FunctionTypes.Make(functions, worker), typeof(ClientBinding)));
            services.AddSingleton<INameResolver, DefaultNameResolver>();
            services.AddSingleton<IWebHookProvider>(new WebHook(settings.Port));
        })
        .UseConsoleLifetime()
        .Build();
    await host.StartAsync();

    DurableTaskExtension extension =
        host.Services.GetServices<IExtensionConfigProvider>().OfType<DurableTaskExtension>().Single();
    ClientBinding client = new((JobHost)host.Services.GetRequiredService<IJobHost>());
    worker.Client = client;
    await using WebApplication front = new Front(extension, worker, client, settings.Worker).Build(settings.Port, functions);
    await front.StartAsync();
    output.WriteLine($"ready http://127.0.0.1:{settings.Port}");

    _ = StopWithParent(host.Services.GetRequiredService<IHostApplicationLifetime>());
    await host.WaitForShutdownAsync();
    await front.StopAsync();
    return 0;
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

// The kernel closes the pipe when the parent is gone, however that ended.
static async Task StopWithParent(IHostApplicationLifetime lifetime)
{
    await Console.OpenStandardInput().CopyToAsync(Stream.Null);
    lifetime.StopApplication();
}

internal sealed class AppTypes(params Type[] types) : ITypeLocator
{
    public IReadOnlyList<Type> GetTypes() => types;
}

internal sealed class WebHook(int port) : IWebHookProvider
{
    /// <summary>The key is asked of nobody here; it only stands where the Functions host would put one.</summary>
    private readonly Uri url = new($"http://127.0.0.1:{port}/runtime/webhooks/durabletask?code=local");

    public Uri GetUrl(IExtensionConfigProvider extension) => url;
}
