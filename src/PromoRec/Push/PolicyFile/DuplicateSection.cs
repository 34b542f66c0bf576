using System.Text.Json;
using PromoRec.Push.Duplicate;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "duplicates": how long the same is not pushed again.</summary>
internal sealed class DuplicateSection(FileContext file)
{
    private static readonly string[] Names = ["push", "offer", "content"];

    public RuleDraft<DuplicateOptions> Read(LocatedJson section)
    {
        RuleDraft<DuplicateOptions> duplicates = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"push\": \"30d\", \"offer\": \"7d\", \"content\": \"24h\" }"))
        {
            switch (name)
            {
                case "push" when ReadLength(member) is { } length:
                    duplicates.Set(nameof(DuplicateOptions.NaturalKeyWindow), member, options => options.NaturalKeyWindow = length);
                    break;
                case "offer" when ReadLength(member) is { } length:
                    duplicates.Set(nameof(DuplicateOptions.OfferCooldown), member, options => options.OfferCooldown = length);
                    break;
                case "content" when ReadLength(member) is { } length:
                    duplicates.Set(nameof(DuplicateOptions.ContentWindow), member, options => options.ContentWindow = length);
                    break;
                default:
                    file.UnknownUnless(name, member, Names);
                    break;
            }
        }

        return duplicates;
    }

    private TimeSpan? ReadLength(LocatedJson member)
    {
        if (member.Kind == JsonValueKind.False)
        {
            return TimeSpan.Zero;
        }

        if (member.Kind == JsonValueKind.String && DurationText.TryParse(member.Text, out TimeSpan length) && length > TimeSpan.Zero)
        {
            return length;
        }

        file.Faults.Add(member, $"is {member.Description}, but must be {DurationText.Expected}; or false for no such rule");
        return null;
    }
}
