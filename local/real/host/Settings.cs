using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace RealHost;

/// <summary>Where this host answers, where its worker is, and what the app's host.json says.</summary>
public sealed partial record Settings(int Port, Uri Worker, IReadOnlyDictionary<string, string?> Configuration)
{
    /// <summary>Reads the three arguments PORT WORKER_URL APP_FOLDER; throws an <see cref="ArgumentException"/>.</summary>
    public static Settings Read(string[] arguments)
    {
        if (arguments is not [var port, var worker, var app] || !int.TryParse(port, out int number))
        {
            throw new ArgumentException("usage: real-host PORT WORKER_URL APP_FOLDER");
        }

        JObject hostJson = JObject.Parse(File.ReadAllText(Path.Combine(app, "host.json")));
        RequireBundle(hostJson);
        Dictionary<string, string?> configuration = [];
        Flatten("AzureWebJobs:extensions", hostJson.SelectToken("extensions"), configuration);
        return new Settings(number, new Uri(worker), configuration);
    }

    /// <summary>The Functions host has only HTTP and timer triggers built in: every other comes with the bundle.</summary>
    private static void RequireBundle(JObject hostJson)
    {
        string? id = (string?)hostJson.SelectToken("extensionBundle.id");
        string? version = (string?)hostJson.SelectToken("extensionBundle.version");
        if (id != "Microsoft.Azure.Functions.ExtensionBundle" || !VersionFour().IsMatch(version ?? ""))
        {
            throw new ArgumentException(
                "host.json names no extension bundle of version 4: on Azure no Durable function of this app would load");
        }
    }

    private static void Flatten(string path, JToken? token, Dictionary<string, string?> into)
    {
        if (token is JContainer container)
        {
            foreach (JToken child in container.Children())
            {
                bool isProperty = child is JProperty;
                string name = isProperty ? ((JProperty)child).Name : container.Children().ToList().IndexOf(child).ToString();
                Flatten($"{path}:{name}", isProperty ? ((JProperty)child).Value : child, into);
            }
        }
        else if (token is not null)
        {
            into[path] = token.ToString();
        }
    }

    [GeneratedRegex(@"^\[4\.")]
    private static partial Regex VersionFour();
}
