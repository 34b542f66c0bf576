using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Consent;

/// <summary>A consent service with all that it needs, for one customer.</summary>
internal sealed class ConsentDesk
{
    public static readonly UserId Customer = new("customer");

    public static readonly ConsentStatement ByEmail = new() { Channel = ChannelId.Email, Source = "checkout", TextVersion = "v1", TextHash = "abc" };

    public ConsentDesk(IConsentStore? store = null, ConsentOptions? options = null)
    {
        Store = store ?? new InMemoryConsentStore();
        Service = new ConsentService(Store, JurisdictionPacks.Shipped, [Observer], Time, options);
    }

    public IConsentStore Store { get; }

    public ManualTime Time { get; } = new(Ledgers.Start);

    public ListeningObserver Observer { get; } = new();

    public ConsentService Service { get; }

    public async Task<ConsentEvent[]> EventsAsync() => [.. (await Store.ReadAsync(Customer)).Events];
}
