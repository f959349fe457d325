using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace RealHost;

/// <summary>What a function returned, as the Functions host hands it to the extension.</summary>
public static class TypedValue
{
    /// <summary>Texts that look like dates stay texts, as in the Functions host.</summary>
    private static readonly JsonSerializerSettings NoDates = new() { DateParseHandling = DateParseHandling.None };

    /// <summary>The value of the one kind that is set; null where none is.</summary>
    public static object? From(JToken? typed) =>
        (typed as JObject)?.Properties().FirstOrDefault(property => property.Value.Type != JTokenType.Null) is { } set
            ? set.Name switch
            {
                "string" => (string?)set.Value,
                "json" => JsonConvert.DeserializeObject((string?)set.Value ?? "null", NoDates),
                "int" => (long)set.Value,
                "double" => (double)set.Value,
                "bytes" => Convert.FromBase64String((string?)set.Value ?? ""),
                _ => throw new InvalidDataException($"the worker returned a value of an unknown kind: {set.Name}"),
            }
            : null;
}
