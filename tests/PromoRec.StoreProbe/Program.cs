using PromoRec.StoreProbe;

// probe <store> <connection> <workload> [name=value ...]
ProbeArguments arguments = new(args.AsSpan(3));
ProbeOutput output = new(Console.OpenStandardOutput());
await using ProbeStore store = ProbeStore.Open(args[0], args[1], TimeProvider.System);
return args[2] switch
{
    RaceWorkload.Name => await RaceWorkload.RunAsync(store, arguments, output),
    LifeWorkload.Name => await LifeWorkload.RunAsync(store, arguments, output),
    _ => throw new ArgumentException($"There is no workload '{args[2]}'."),
};
