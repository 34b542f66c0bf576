using PromoRec.Push.MinimumGap;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "gaps": how long customers are left in peace between two pushes.</summary>
internal sealed class GapSection(FileContext file)
{
    private static readonly string[] Names = ["name", "by", "gap", "onTooSoon", "appliesTo", "countOnly"];

    private readonly FilterSection _filters = new(file);
    private readonly ScopeReader _scopes = new(file);

    public List<RuleDraft<MinimumGapOptions>> Read(LocatedJson section)
    {
        List<LocatedJson> items = file.Values.Items(section, "a list of gaps such as [{ \"gap\": \"4h\" }]");
        return [.. items.Select(ReadGap)];
    }

    private RuleDraft<MinimumGapOptions> ReadGap(LocatedJson node)
    {
        RuleDraft<MinimumGapOptions> gap = new(node);
        foreach ((string name, LocatedJson member) in file.Values.Members(node, "an object such as { \"gap\": \"4h\" }"))
        {
            ReadMember(gap, name, member);
        }

        file.Need(node, "gap", "the shortest time between two pushes, such as \"4h\"");
        return gap;
    }

    private void ReadMember(RuleDraft<MinimumGapOptions> gap, string name, LocatedJson member)
    {
        switch (name)
        {
            case "name" when file.Values.Text(member, "a name") is { } text:
                gap.Set(nameof(MinimumGapOptions.Name), member, options => options.Name = text);
                break;
            case "by":
                _scopes.Read(member, (scope, key) =>
                {
                    gap.Set(nameof(MinimumGapOptions.Scope), member, options => options.Scope = scope);
                    gap.Set(nameof(MinimumGapOptions.KeyName), member, options => options.KeyName = key);
                });
                break;
            case "gap" when file.Values.Duration(member) is { } length:
                gap.Set(nameof(MinimumGapOptions.Gap), member, options => options.Gap = length);
                break;
            case "onTooSoon" when file.Values.Word<CapAction>(member, ("drop", CapAction.Drop), ("defer", CapAction.Defer)) is { } action:
                gap.Set(nameof(MinimumGapOptions.Action), member, options => options.Action = action);
                break;
            case "appliesTo":
                Action<PushFilter> applies = _filters.Read(member);
                gap.Set(nameof(MinimumGapOptions.AppliesTo), member, options => applies(options.AppliesTo));
                break;
            case "countOnly":
                Action<PushFilter> counts = _filters.Read(member);
                gap.Set(nameof(MinimumGapOptions.CountOnly), member, options => counts(options.CountOnly));
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }
}
