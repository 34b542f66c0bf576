namespace PromoRec.Push.PolicyFile;

/// <summary>Reads which pushes a rule is about: <c>{ "channels": [...], "categories": [...], "campaigns": [...] }</c>.</summary>
internal sealed class FilterSection(FileContext file)
{
    private static readonly string[] Names = ["channels", "categories", "campaigns"];

    /// <summary>What the filter sets, to be applied to the options; null where there is nothing to set.</summary>
    public Action<PushFilter> Read(LocatedJson value)
    {
        List<ChannelId> channels = [];
        List<string> categories = [];
        List<string> campaigns = [];
        foreach ((string name, LocatedJson member) in file.Values.Members(value, $"an object with some of {string.Join(", ", Names)}"))
        {
            switch (name)
            {
                case "channels":
                    channels.AddRange(file.Channels(member));
                    break;
                case "categories":
                    categories.AddRange(Texts(member, "a category"));
                    break;
                case "campaigns":
                    campaigns.AddRange(Texts(member, "a campaign"));
                    break;
                default:
                    file.Values.Unknown(name, member, Names);
                    break;
            }
        }

        return filter =>
        {
            filter.Channels.UnionWith(channels);
            filter.Categories.UnionWith(categories);
            filter.Campaigns.UnionWith(campaigns);
        };
    }

    private IEnumerable<string> Texts(LocatedJson value, string what)
    {
        List<LocatedJson> items = file.Values.Items(value, $"a list of texts, each {what}");
        file.RefuseEmpty(value, "leave it out to match everything");
        return [.. items.Select(item => file.Values.Text(item, what)).OfType<string>()];
    }
}
