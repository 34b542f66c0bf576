using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>The JSON of every command, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FitReport))]
[JsonSerializable(typeof(EvaluateReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(TuneReport))]
[JsonSerializable(typeof(LinearFitReport))]
[JsonSerializable(typeof(LinearEvaluateReport))]
[JsonSerializable(typeof(RankReport))]
[JsonSerializable(typeof(WhyReport))]
[JsonSerializable(typeof(SimilarReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(SimulateReport))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(PolicyCheckReport))]
[JsonSerializable(typeof(PolicySimulateReport))]
[JsonSerializable(typeof(PlanReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    // Nobody embeds this in HTML, so ids in other scripts may stay readable.
    public static CliJson Readable => field ??= new CliJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
