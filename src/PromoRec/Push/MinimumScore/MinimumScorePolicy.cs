using System.Globalization;

namespace PromoRec.Push.MinimumScore;

/// <summary>Drops what the customer is hardly interested in.</summary>
internal sealed class MinimumScorePolicy(MinimumScoreOptions options) : IPushPolicy
{
    private const decimal Smallest = 0.0000000000000000000000000001m;

    private readonly float _minimum = options.Minimum;
    private readonly PushMatcher _appliesTo = new(options.AppliesTo);

    public PushStage Stage => PushStage.Eligibility;

    public string Name { get; } = options.Name
        ?? string.Create(CultureInfo.InvariantCulture, $"score:{CapName.Of(PushScope.Global, null, options.AppliesTo)}:{options.Minimum}");

    public PushVerdict Evaluate(in PushContext context)
    {
        PushRequest request = context.Request;
        if (request.Class != MessageClass.Promotional || !_appliesTo.Matches(request))
        {
            return PushVerdict.Allow;
        }

        if (context.IsTraced)
        {
            context.Saw(PushInputs.Score, ToDecimal(request.Score));
            context.Saw(PushInputs.Minimum, ToDecimal(_minimum));
        }

        // A score that is not a number is not enough.
        return request.Score >= _minimum
            ? PushVerdict.Allow with { Flip = context.IsTraced ? PushFlip.Number(PushInputs.Score, Below(_minimum)) : default }
            : PushVerdict.Drop(PushReason.ScoreTooLow) with { Flip = context.IsTraced ? PushFlip.Number(PushInputs.Score, AtLeast(_minimum)) : default };
    }

    // A decimal has fewer small numbers than a float.
    private static decimal AtLeast(float score) => (float)ToDecimal(score) < score ? ToDecimal(score) + Smallest : ToDecimal(score);

    private static decimal Below(float score)
    {
        decimal next = ToDecimal(MathF.BitDecrement(score));
        return (float)next < score ? next : next - Smallest;
    }

    /// <summary>The number itself, digit by digit, so that it gives the same float when it is read again; what no decimal can hold becomes the nearest there is.</summary>
    private static decimal ToDecimal(float score) =>
        float.IsNaN(score) ? 0 : score >= (float)decimal.MaxValue ? decimal.MaxValue : score <= (float)decimal.MinValue ? decimal.MinValue : (decimal)(double)score;
}
