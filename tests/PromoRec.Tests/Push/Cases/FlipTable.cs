using System.Globalization;
using PromoRec.Push;

namespace PromoRec.Tests.Push.Cases;

/// <summary>Makes the change that a flip states, and asks the policy again.</summary>
internal static class FlipTable
{
    public static PushVerdict After(PushFlip flip, PushRule rule, PushCase each, DateTimeOffset plannedAt)
    {
        PushCase then = each;
        IPushPolicy policy = rule.Policy;
        switch (flip.Kind, flip.Input)
        {
            case (PushFlipKind.Wait, null):
                then = each with { Snapshot = each.Snapshot with { Now = flip.At } };
                plannedAt = flip.At;
                break;
            case (PushFlipKind.Number, PushInputs.Limit):
                policy = rule.Make(flip.Value);
                break;
            case (PushFlipKind.Number, PushInputs.Score):
                then = each with { Request = each.Request with { Score = (float)flip.Value } };
                break;
            case (PushFlipKind.Fact, PushInputs.Zone):
                then = each with { Snapshot = each.Snapshot with { Customer = each.Snapshot.Customer with { ProfileZone = flip.Text } } };
                break;
            case (PushFlipKind.Fact, PushInputs.Reachable):
                then = each with
                {
                    Snapshot = each.Snapshot with { Customer = each.Snapshot.Customer with { Reachable = [new ChannelId(flip.Text!)] } },
                };
                break;
            case (PushFlipKind.Fact, PushInputs.DeliverBefore):
                then = each with { Request = each.Request with { DeliverBefore = DateTimeOffset.ParseExact(flip.Text!, "O", CultureInfo.InvariantCulture) } };
                break;
            default:
                throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"Nobody says how to change {flip.Input} ({flip.Kind})."));
        }

        return policy.Evaluate(then.ContextAt(plannedAt));
    }
}
