using PromoRec.Push;

namespace PromoRec.Consumer.Tests;

/// <summary>Customers in France, of whom one is a member.</summary>
internal sealed class MemberCustomers : IPushCustomerSource
{
    public ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default) => ValueTask.FromResult<PushCustomer?>(new PushCustomer
    {
        UserId = userId,
        Country = "FR",
        ProfileZone = "Europe/Paris",
        Reachable = [ChannelId.Email, ChannelId.Sms, ChannelId.AppPush, new ChannelId("telegram")],
        Segments = userId == "ann" ? ["member"] : [],
    });
}
