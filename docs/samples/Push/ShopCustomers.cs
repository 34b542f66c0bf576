using PromoRec;
using PromoRec.Push;

/// <summary>What the shop knows of its customers; a real one looks into its own tables.</summary>
internal sealed class ShopCustomers : IPushCustomerSource
{
    public ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default) => ValueTask.FromResult<PushCustomer?>(new PushCustomer
    {
        UserId = userId,
        Country = "DE",
        ProfileZone = "Europe/Berlin",
        Reachable = [ChannelId.Email, ChannelId.Sms],
        Segments = userId == "ann" ? ["member"] : [],
    });
}
