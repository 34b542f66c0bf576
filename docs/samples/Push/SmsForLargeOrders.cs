using PromoRec;
using PromoRec.Push;

/// <summary>Text messages cost money: only for offers on orders above 200, and only to members.</summary>
internal sealed class SmsForLargeOrders : IPushPolicy
{
    public PushStage Stage => PushStage.Channel;

    public string Name => "sms:large-orders-of-members";

    public PushVerdict Evaluate(in PushContext context)
    {
        if (context.Request.Channel != ChannelId.Sms)
        {
            return PushVerdict.Allow;
        }

        decimal order = context.Request.Offer.MinimumSpend ?? 0;
        bool isMember = context.Snapshot.Customer.Segments.Contains("member");
        context.Saw("order", order);
        context.Saw("member", isMember ? "yes" : "no");
        return order > 200 && isMember ? PushVerdict.Allow : PushVerdict.Drop(PushReason.HostPolicy);
    }
}
