using System.Collections.Immutable;
using System.Globalization;
using PromoRec.Push.Caps;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.FrequencyCap;

/// <summary>Holds a push back when the customer has got as many as one cap allows.</summary>
internal sealed class FrequencyCapPolicy : IClaimingPolicy
{
    private readonly CapCheck _check;
    private readonly bool _overridesParent;
    private ImmutableArray<CapCheck> _overriders = [];

    private FrequencyCapPolicy(FrequencyCapOptions options)
    {
        var window = new CapWindow(options.Window, options.Length, options.WeekStart);
        _check = new CapCheck(
            new CapScope(options.Scope, options.KeyName), options.AppliesTo, options.CountOnly, window, options.Limit, options.Action, PushReason.FrequencyCap);
        _overridesParent = options.OverrideParent;
        Name = options.Name ?? string.Create(CultureInfo.InvariantCulture, $"cap:{CapName.Of(options.Scope, options.KeyName, options.AppliesTo)}:{options.Limit}/{window.Text}");
    }

    public PushStage Stage => PushStage.Frequency;

    public string Name { get; }

    /// <summary>The policies of some rules, which have been validated; those that override others know them.</summary>
    public static ImmutableArray<FrequencyCapPolicy> Create(IEnumerable<FrequencyCapOptions> rules)
    {
        ImmutableArray<FrequencyCapPolicy> policies = [.. rules.Select(options => new FrequencyCapPolicy(options))];
        foreach (FrequencyCapPolicy policy in policies)
        {
            policy._overriders = [.. policies.Where(other => other._overridesParent && other._check.Narrowest > policy._check.Narrowest).Select(other => other._check)];
        }

        return policies;
    }

    public PushVerdict Evaluate(in PushContext context) => IsAbout(context.Request) ? _check.Evaluate(context) : PushVerdict.Allow;

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names)
    {
    }

    public void AddClaims(in PushContext context, PushClaims claims)
    {
        if (IsAbout(context.Request))
        {
            _check.AddClaims(context, this, claims);
        }
    }

    private bool IsAbout(PushRequest request)
    {
        if (!_check.IsAbout(request))
        {
            return false;
        }

        foreach (CapCheck overrider in _overriders)
        {
            if (overrider.IsAbout(request))
            {
                return false;
            }
        }

        return true;
    }
}
