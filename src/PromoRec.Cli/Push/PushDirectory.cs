using System.Collections.Immutable;
using PromoRec.Cli.Reading;
using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>The customers of a file, and what is taken of those that the file does not know, or says too little about.</summary>
internal sealed class PushDirectory : IPushCustomerSource
{
    private readonly Dictionary<UserId, PushCustomer> _customers = [];
    private readonly ImmutableArray<ChannelId> _everywhere;
    private readonly Assumptions _assumed;

    /// <param name="rows">The customers of the file; empty where there is none.</param>
    /// <param name="channels">All channels there are.</param>
    /// <param name="assumed">What is taken of customers where the file does not say it.</param>
    public PushDirectory(IEnumerable<CustomerRow> rows, IEnumerable<ChannelId> channels, Assumptions assumed)
    {
        _everywhere = [.. channels];
        _assumed = assumed;
        foreach (CustomerRow row in rows)
        {
            _customers[row.Customer.UserId] = Complete(row.SaysReachable ? row.Customer : row.Customer with { Reachable = _everywhere });
        }
    }

    /// <summary>A customer; null for one of whom nothing is known.</summary>
    public PushCustomer? Find(UserId user) =>
        _customers.TryGetValue(user, out PushCustomer? customer) ? customer
            : _assumed.Consent ? Complete(new PushCustomer { UserId = user, Reachable = _everywhere })
            : null;

    public ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default) => ValueTask.FromResult(Find(userId));

    private PushCustomer Complete(PushCustomer customer) => customer with
    {
        Country = customer.Country ?? _assumed.Country,
        ProfileZone = customer.ProfileZone ?? (customer.DeviceZone is null ? _assumed.Zone : null),
        NotificationsPermitted = customer.NotificationsPermitted ?? (_assumed.Consent ? true : null),
    };
}
