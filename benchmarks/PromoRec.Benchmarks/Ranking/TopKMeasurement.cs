namespace PromoRec.Benchmarks.Ranking;

/// <summary>How fast the best items are found.</summary>
/// <param name="Table">What the vectors are like.</param>
/// <param name="Factors">Length of a vector.</param>
/// <param name="Threads">Threads of the batch.</param>
/// <param name="UsersPerSecond">Customers of the batch a second, median of the runs.</param>
/// <param name="BestUsersPerSecond">The same of the fastest run.</param>
/// <param name="LimitUsersPerSecond">What scoring all items in float32 would allow at the multiply-add peak.</param>
/// <param name="SingleP50Microseconds">One customer at a time, one thread: median.</param>
/// <param name="SingleP99Microseconds">The same: 99th percentile.</param>
/// <param name="LimitMicroseconds">What reading all items in float32 would take.</param>
/// <param name="BuildSeconds">Making the index, one thread.</param>
internal sealed record TopKMeasurement(
    string Table,
    int Factors,
    int Threads,
    double UsersPerSecond,
    double BestUsersPerSecond,
    double LimitUsersPerSecond,
    double SingleP50Microseconds,
    double SingleP99Microseconds,
    double LimitMicroseconds,
    double BuildSeconds);
