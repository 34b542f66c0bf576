using PromoRec.Push.MinimumScore;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "minimumScores": how much predicted interest pushes need.</summary>
internal sealed class ScoreSection(FileContext file)
{
    private static readonly string[] Names = ["name", "minimum", "appliesTo"];

    private readonly FilterSection _filters = new(file);

    public List<RuleDraft<MinimumScoreOptions>> Read(LocatedJson section)
    {
        List<LocatedJson> items = file.Values.Items(section, "a list such as [{ \"minimum\": 0.1 }]");
        return [.. items.Select(ReadRule)];
    }

    private RuleDraft<MinimumScoreOptions> ReadRule(LocatedJson node)
    {
        RuleDraft<MinimumScoreOptions> rule = new(node);
        foreach ((string name, LocatedJson member) in file.Values.Members(node, "an object such as { \"minimum\": 0.1 }"))
        {
            switch (name)
            {
                case "name" when file.Values.Text(member, "a name") is { } text:
                    rule.Set(nameof(MinimumScoreOptions.Name), member, options => options.Name = text);
                    break;
                case "minimum" when file.Values.Number(member) is { } minimum:
                    rule.Set(nameof(MinimumScoreOptions.Minimum), member, options => options.Minimum = (float)minimum);
                    break;
                case "appliesTo":
                    Action<PushFilter> applies = _filters.Read(member);
                    rule.Set(nameof(MinimumScoreOptions.AppliesTo), member, options => applies(options.AppliesTo));
                    break;
                default:
                    file.UnknownUnless(name, member, Names);
                    break;
            }
        }

        file.Need(node, "minimum", "the smallest score that is pushed");
        return rule;
    }
}
