namespace PromoRec.Consent.Packs;

/// <summary>Reads a channel's rule from a pack's file.</summary>
internal sealed class RuleReader(JsonFaults faults)
{
    private readonly JsonValues _values = new(faults);

    /// <param name="value">What the file says.</param>
    /// <param name="rule">The rule it changes: that of the pack it is based on, or an empty one.</param>
    public void Read(LocatedJson value, RuleDraft rule)
    {
        foreach ((string name, LocatedJson member) in _values.Members(value, "an object with the rule of a channel"))
        {
            ReadMember(name, member, rule);
        }

        if (rule.Need is null && !value.Members.Exists(member => member.Key == "need"))
        {
            faults.Add(value, $"lacks 'need'; it must be one of {string.Join(", ", PackWords.Needs.Select(pair => $"'{pair.Word}'"))}");
        }

        if (rule is { PerTopic: true, Need: ConsentNeed.Never or ConsentNeed.OptOut or ConsentNeed.SoftOptIn })
        {
            faults.Add(value, "asks for a grant per topic, but needs none; set 'need' to 'grant', 'writtenGrant' or 'doubleOptIn', or 'perTopic' to false");
        }
    }

    private void ReadMember(string name, LocatedJson member, RuleDraft rule)
    {
        switch (name)
        {
            case "need":
                rule.Need = _values.Word(member, PackWords.Needs);
                break;
            case "perTopic":
                rule.PerTopic = _values.Truth(member);
                break;
            case "permission":
                rule.NeedsPermission = _values.Truth(member);
                break;
            case "transactional":
                rule.Transactional = _values.Word(member, PackWords.TransactionalRules) ?? default;
                break;
            case "revoke":
                rule.Revoke = _values.Word(member, PackWords.RevokeScopes) ?? default;
                break;
            case "duties":
                rule.Duties = _values.Words(member, PackWords.Duties).Aggregate(ConsentDuties.None, (all, duty) => all | duty);
                break;
            default:
                _values.Unknown(name, member, "need", "perTopic", "permission", "transactional", "revoke", "duties");
                break;
        }
    }
}
