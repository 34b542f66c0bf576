using PromoRec.Push.OptOut;
using PromoRec.Push.Snooze;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the sections "optOut" and "snooze": how far reaches what customers have chosen.</summary>
internal sealed class ChoiceSections(FileContext file)
{
    private static readonly string[] OptOutNames = ["includesTransactional"];
    private static readonly string[] SnoozeNames = ["action"];

    public RuleDraft<OptOutOptions> ReadOptOut(LocatedJson section)
    {
        RuleDraft<OptOutOptions> optOut = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"includesTransactional\": false }"))
        {
            if (name == "includesTransactional")
            {
                bool includes = file.Values.Truth(member);
                optOut.Set(nameof(OptOutOptions.IncludesTransactional), member, options => options.IncludesTransactional = includes);
            }
            else
            {
                file.Values.Unknown(name, member, OptOutNames);
            }
        }

        return optOut;
    }

    public RuleDraft<SnoozeOptions> ReadSnooze(LocatedJson section)
    {
        RuleDraft<SnoozeOptions> snooze = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"action\": \"defer\" }"))
        {
            if (name == "action" && file.Values.Word<SnoozeAction>(member, ("drop", SnoozeAction.Drop), ("defer", SnoozeAction.Defer)) is { } action)
            {
                snooze.Set(nameof(SnoozeOptions.Action), member, options => options.Action = action);
            }
            else
            {
                file.UnknownUnless(name, member, SnoozeNames);
            }
        }

        return snooze;
    }
}
