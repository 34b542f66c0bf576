namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "engine": how places are held, and what is kept without being asked for.</summary>
internal sealed class EngineSection(FileContext file)
{
    private static readonly string[] Names = ["timeToLive", "transactionalWithoutStore", "legalQuietHours"];

    public RuleDraft<PushOptions> Read(LocatedJson section)
    {
        RuleDraft<PushOptions> engine = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"timeToLive\": \"15m\" }"))
        {
            switch (name)
            {
                case "timeToLive" when file.Values.Duration(member) is { } length:
                    engine.Set(nameof(PushOptions.TimeToLive), member, options => options.TimeToLive = length);
                    break;
                case "transactionalWithoutStore":
                    bool allowed = file.Values.Truth(member);
                    engine.Set(nameof(PushOptions.TransactionalWithoutStore), member, options => options.TransactionalWithoutStore = allowed);
                    break;
                case "legalQuietHours":
                    bool kept = file.Values.Truth(member);
                    engine.Set(nameof(PushOptions.LegalQuietHours), member, options => options.LegalQuietHours = kept);
                    break;
                default:
                    file.UnknownUnless(name, member, Names);
                    break;
            }
        }

        return engine;
    }
}
