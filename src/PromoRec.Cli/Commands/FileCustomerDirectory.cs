namespace PromoRec.Cli.Commands;

/// <summary>Segments of customers as a file or an option gave them.</summary>
/// <param name="byCustomer">Segments of single customers.</param>
/// <param name="everybody">Segments that every customer is taken to be in.</param>
internal sealed class FileCustomerDirectory(IReadOnlyDictionary<UserId, IReadOnlySet<string>> byCustomer, IReadOnlySet<string> everybody) : ICustomerDirectory
{
    public bool IsInSegment(UserId userId, string segment) =>
        everybody.Contains(segment) || (byCustomer.TryGetValue(userId, out IReadOnlySet<string>? segments) && segments.Contains(segment));
}
