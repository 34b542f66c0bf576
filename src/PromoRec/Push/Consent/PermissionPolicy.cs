using PromoRec.Consent.Packs;

namespace PromoRec.Push.Consent;

/// <summary>Drops what the customer's device does not permit to be shown. For promotions, what is not known is not permitted.</summary>
internal sealed class PermissionPolicy(JurisdictionPacks packs) : IPushPolicy
{
    public PushStage Stage => PushStage.Consent;

    public string Name => "permission";

    public PushVerdict Evaluate(in PushContext context)
    {
        PushRequest request = context.Request;
        if (!packs.For(context.Snapshot.Customer.Country).RuleFor(request.Channel).NeedsPermission)
        {
            return PushVerdict.Allow;
        }

        bool? permitted = context.Snapshot.Customer.NotificationsPermitted;
        context.Saw(PushInputs.Permission, permitted switch { true => "true", false => "false", null => "unknown" });
        return permitted ?? request.Class == MessageClass.Transactional
            ? PushVerdict.Allow with { Flip = PushFlip.Fact(PushInputs.Permission, "false") }
            : PushVerdict.Drop(PushReason.NoPermission) with { Flip = PushFlip.Fact(PushInputs.Permission, "true") };
    }
}
