using PromoRec.Push.Ledger;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "ledger": how long the ledger remembers.</summary>
internal sealed class LedgerSection(FileContext file)
{
    private static readonly string[] Names = ["retention"];

    public RuleDraft<LedgerOptions> Read(LocatedJson section)
    {
        RuleDraft<LedgerOptions> ledger = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"retention\": \"100d\" }"))
        {
            if (name == "retention" && file.Values.Duration(member) is { } retention)
            {
                ledger.Set(nameof(LedgerOptions.Retention), member, options => options.Retention = retention);
            }
            else
            {
                file.UnknownUnless(name, member, Names);
            }
        }

        return ledger;
    }
}
