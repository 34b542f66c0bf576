using System.Text.RegularExpressions;
using PromoRec.Push;

namespace PromoRec.Tests.Push;

public sealed partial class PushReasonsTests
{
    [Fact]
    public void Every_reason_has_a_code_and_a_label_of_its_own()
    {
        PushReason[] reasons = Enum.GetValues<PushReason>();

        Assert.Equal(reasons.Length, reasons.Select(PushReasons.CodeOf).Distinct().Count());
        Assert.Equal(reasons.Length, reasons.Select(PushReasons.LabelOf).Distinct().Count());
        Assert.All(reasons, reason => Assert.Equal(Snake(reason.ToString()), PushReasons.CodeOf(reason)));
        Assert.All(reasons, reason => Assert.Matches("^[A-Z].*\\.$", PushReasons.LabelOf(reason)));
    }

    [Fact]
    public void Every_constraint_has_a_code_and_a_label_of_its_own()
    {
        OfferConstraints[] constraints = [.. Enum.GetValues<OfferConstraints>().Where(constraint => constraint != OfferConstraints.None)];

        Assert.All(constraints, constraint => Assert.Equal([Snake(constraint.ToString())], PushReasons.CodesOf(constraint)));
        Assert.Equal(constraints.Length, constraints.Select(constraint => Assert.Single(PushReasons.LabelsOf(constraint))).Distinct().Count());
        Assert.All(constraints, constraint => Assert.Matches("^[A-Z].*\\.$", PushReasons.LabelsOf(constraint)[0]));
    }

    [Fact]
    public void A_set_of_constraints_has_the_labels_of_all_of_them()
    {
        Assert.Equal(["not_started", "below_minimum"], PushReasons.CodesOf(OfferConstraints.BelowMinimum | OfferConstraints.NotStarted));
        Assert.Empty(PushReasons.LabelsOf(OfferConstraints.None));
    }

    [Fact]
    public void What_is_no_reason_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => PushReasons.LabelOf((PushReason)9999));

    [Fact]
    public void Outcomes_have_codes() => Assert.Equal(["drop", "defer", "send"], Enum.GetValues<PushOutcome>().Select(PushReasons.CodeOf));

    private static string Snake(string name) => Capital().Replace(name, "_$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
