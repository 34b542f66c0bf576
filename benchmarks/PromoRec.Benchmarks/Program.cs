using BenchmarkDotNet.Running;
using PromoRec.Benchmarks.Ranking;

if (args is [RankLatency.Argument])
{
    RankLatency.Run(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
