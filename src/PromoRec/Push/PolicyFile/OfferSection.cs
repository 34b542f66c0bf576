using System.Globalization;
using System.Text.Json;
using PromoRec.Push.Offers;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "offers": what holds for the limits of all offers of the shop.</summary>
internal sealed class OfferSection(FileContext file)
{
    private static readonly string[] Names = ["shopZone", "weekStart", "currency", "memberSegment", "redemptionRate", "overbook", "answerDays"];

    public RuleDraft<OfferLimitOptions> Read(LocatedJson section)
    {
        RuleDraft<OfferLimitOptions> offers = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"shopZone\": \"Europe/Berlin\", \"overbook\": 0.2 }"))
        {
            ReadMember(offers, name, member);
        }

        return offers;
    }

    private void ReadMember(RuleDraft<OfferLimitOptions> offers, string name, LocatedJson member)
    {
        switch (name)
        {
            case "shopZone" when file.Zone(member) is { } zone:
                offers.Set(nameof(OfferLimitOptions.ShopZone), member, options => options.ShopZone = zone);
                break;
            case "weekStart" when file.Values.Word(member, Weekdays.Words) is { } day:
                offers.Set(nameof(OfferLimitOptions.WeekStart), member, options => options.WeekStart = day);
                break;
            case "currency" when file.Values.Text(member, "three letters of ISO 4217, such as \"EUR\"") is { } currency:
                offers.Set(nameof(OfferLimitOptions.Currency), member, options => options.Currency = currency);
                break;
            case "memberSegment" when file.Values.Text(member, "the name of a segment") is { } segment:
                offers.Set(nameof(OfferLimitOptions.MemberSegment), member, options => options.MemberSegment = segment);
                break;
            case "redemptionRate" when Share(member) is { } rate:
                offers.Set(nameof(OfferLimitOptions.RedemptionRate), member, options => options.RedemptionRate = rate);
                break;
            case "overbook" when Share(member) is { } overbook:
                offers.Set(nameof(OfferLimitOptions.Overbook), member, options => options.Overbook = overbook);
                break;
            case "answerDays" when file.Values.Whole(member, int.MinValue, int.MaxValue) is { } days:
                offers.Set(nameof(OfferLimitOptions.AnswerDays), member, options => options.AnswerDays = days);
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }

    private decimal? Share(LocatedJson member)
    {
        if (member.Kind == JsonValueKind.Number && decimal.TryParse(member.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal share))
        {
            return share;
        }

        file.Faults.Add(member, $"is {member.Description}, but must be a number such as 0.2");
        return null;
    }
}
