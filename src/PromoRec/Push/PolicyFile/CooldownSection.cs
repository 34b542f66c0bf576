using PromoRec.Push.Cooldown;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "cooldowns": how long an offer is not pushed to who has redeemed or dismissed it.</summary>
internal sealed class CooldownSection(FileContext file)
{
    private static readonly string[] Names = ["name", "after", "length", "anyOffer", "appliesTo"];

    private readonly FilterSection _filters = new(file);

    public List<RuleDraft<CooldownOptions>> Read(LocatedJson section)
    {
        List<LocatedJson> items = file.Values.Items(section, "a list of cooldowns such as [{ \"after\": \"redeemed\", \"length\": \"30d\" }]");
        return [.. items.Select(ReadCooldown)];
    }

    private RuleDraft<CooldownOptions> ReadCooldown(LocatedJson node)
    {
        RuleDraft<CooldownOptions> cooldown = new(node);
        foreach ((string name, LocatedJson member) in file.Values.Members(node, "an object such as { \"after\": \"redeemed\", \"length\": \"30d\" }"))
        {
            ReadMember(cooldown, name, member);
        }

        file.Need(node, "after", "either 'redeemed' or 'dismissed'");
        file.Need(node, "length", "how long it lasts, such as \"30d\"");
        return cooldown;
    }

    private void ReadMember(RuleDraft<CooldownOptions> cooldown, string name, LocatedJson member)
    {
        switch (name)
        {
            case "name" when file.Values.Text(member, "a name") is { } text:
                cooldown.Set(nameof(CooldownOptions.Name), member, options => options.Name = text);
                break;
            case "after" when file.Values.Word<CustomerFactKind>(member, ("redeemed", CustomerFactKind.Redeemed), ("dismissed", CustomerFactKind.Dismissed)) is { } after:
                cooldown.Set(nameof(CooldownOptions.After), member, options => options.After = after);
                break;
            case "length" when file.Values.Duration(member) is { } length:
                cooldown.Set(nameof(CooldownOptions.Length), member, options => options.Length = length);
                break;
            case "anyOffer":
                bool any = file.Values.Truth(member);
                cooldown.Set(nameof(CooldownOptions.AnyOffer), member, options => options.AnyOffer = any);
                break;
            case "appliesTo":
                Action<PushFilter> applies = _filters.Read(member);
                cooldown.Set(nameof(CooldownOptions.AppliesTo), member, options => applies(options.AppliesTo));
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }
}
