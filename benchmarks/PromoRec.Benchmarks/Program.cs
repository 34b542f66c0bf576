using BenchmarkDotNet.Running;
using PromoRec.Benchmarks.Data;
using PromoRec.Benchmarks.Push;
using PromoRec.Benchmarks.Ranking;
using PromoRec.Benchmarks.Training;

switch (args)
{
    case [AlsReport.Argument, ..]:
        AlsReport.Run(args.AsSpan(1), Console.Out);
        break;
    case [ReadReport.Argument, ..]:
        ReadReport.Run(args.AsSpan(1), Console.Out);
        break;
    case [ArtifactReport.Argument]:
        ArtifactReport.Run(Console.Out);
        break;
    case [GrowthReport.Argument, ..]:
        GrowthReport.Run(args.AsSpan(1), Console.Out);
        break;
    case [LinearReport.Argument]:
        LinearReport.Run(Console.Out);
        break;
    case [RankLatency.Argument]:
        RankLatency.Run(Console.Out);
        break;
    case [HybridLatency.Argument]:
        HybridLatency.Run(Console.Out);
        break;
    case [RerankLatency.Argument]:
        RerankLatency.Run(Console.Out);
        break;
    case [TopKReport.Argument, ..]:
        TopKReport.Run(args.AsSpan(1), Console.Out);
        break;
    case [DecisionSpeed.Argument]:
        await DecisionSpeed.RunAsync(Console.Out);
        break;
    case [LedgerSpeed.Argument, ..]:
        await LedgerSpeed.RunAsync(args[1..], Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
