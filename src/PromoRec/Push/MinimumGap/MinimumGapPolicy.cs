using PromoRec.Push.Caps;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.MinimumGap;

/// <summary>Holds a push back that comes too soon after another: a cap of one in a window as long as the gap.</summary>
internal sealed class MinimumGapPolicy(MinimumGapOptions options) : IClaimingPolicy
{
    private readonly CapCheck _check = new(
        new CapScope(options.Scope, options.KeyName),
        options.AppliesTo,
        options.CountOnly,
        new CapWindow(CapWindowKind.Rolling, options.Gap, DayOfWeek.Monday),
        limit: 1,
        options.Action,
        PushReason.MinimumGap);

    public PushStage Stage => PushStage.Frequency;

    public string Name { get; } = options.Name ?? $"gap:{CapName.Of(options.Scope, options.KeyName, options.AppliesTo)}:{CapWindow.TextOf(options.Gap)}";

    public PushVerdict Evaluate(in PushContext context) => _check.IsAbout(context.Request) ? _check.Evaluate(context) : PushVerdict.Allow;

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names)
    {
    }

    public void AddClaims(in PushContext context, PushClaims claims)
    {
        if (_check.IsAbout(context.Request))
        {
            _check.AddClaims(context, this, claims);
        }
    }
}
