using System.Collections.Immutable;
using PromoRec.Cli.Reading;
using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>The customers of a file, and what is taken of those that the file does not know, or says too little about.</summary>
internal sealed class PushDirectory : IPushCustomerSource
{
    private readonly Dictionary<UserId, PushCustomer> _customers = [];
    private readonly ImmutableArray<ChannelId> _everywhere;
    private readonly bool _assumeEverybody;

    /// <param name="rows">The customers of the file; empty where there is none.</param>
    /// <param name="channels">Where a customer can be reached of whom the file does not say it.</param>
    /// <param name="assume">Whether customers that the file does not know can be reached everywhere, too.</param>
    public PushDirectory(IEnumerable<CustomerRow> rows, IEnumerable<ChannelId> channels, bool assume)
    {
        _everywhere = [.. channels];
        _assumeEverybody = assume;
        foreach (CustomerRow row in rows)
        {
            PushCustomer customer = row.SaysReachable ? row.Customer : row.Customer with { Reachable = _everywhere };
            _customers[customer.UserId] = assume ? customer with { NotificationsPermitted = customer.NotificationsPermitted ?? true } : customer;
        }
    }

    /// <summary>A customer; null for one of whom nothing is known.</summary>
    public PushCustomer? Find(UserId user) =>
        _customers.TryGetValue(user, out PushCustomer? customer) ? customer
            : _assumeEverybody ? new PushCustomer { UserId = user, Reachable = _everywhere, NotificationsPermitted = true }
            : null;

    public ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default) => ValueTask.FromResult(Find(userId));
}
