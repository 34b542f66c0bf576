using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;

namespace PromoRec.Cli.Commands;

/// <summary>Options that say where, when and over what a customer is shown offers.</summary>
internal sealed class RankContextOptions(OfferOptions offers, InputOptions input)
{
    private const double LargestBasket = 1e15;

    private readonly Option<string?> _device = OptionFactory.Text("--device", "NAME", "Stacked hybrids: the device that the offers are shown on, such as phone");
    private readonly Option<string?> _page = OptionFactory.Text("--page", "NAME", "Stacked hybrids: the page or screen that they are shown on, such as checkout");
    private readonly Option<string?> _location = OptionFactory.Text("--location", "NAME", "Stacked hybrids: where the customer is: a country, a region or a shop, in the words of the training");
    private readonly Option<string?> _basket = OptionFactory.Text("--basket", "ITEM,...", "Stacked hybrids: what is in the basket");
    private readonly Option<double> _basketValue = OptionFactory.Real("--basket-value", "Stacked hybrids: what the basket is worth; not known unless set", 0, 0, includingLeast: true);

    private Option[] All => [_device, _page, _location, _basket, _basketValue];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The one of these options that was given.</summary>
    public Option? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    /// <summary>What was said of the moment; the time where the customer is, too, where one was given.</summary>
    /// <exception cref="UsageException">A value cannot be used.</exception>
    public RankContext? Read(ParseResult parsed)
    {
        DateTimeOffset? time = offers.At(parsed);
        if (time is null && FirstGiven(parsed) is null)
        {
            return null;
        }

        double worth = parsed.GetValue(_basketValue);
        return new RankContext
        {
            LocalTime = time is { } instant ? TimeZoneInfo.ConvertTime(instant, input.Zone(parsed)) : null,
            Device = Word(parsed, _device),
            Page = Word(parsed, _page),
            Location = Word(parsed, _location),
            Basket = parsed.GetValue(_basket) is { } items ? [.. items.Split(',', StringSplitOptions.TrimEntries).Select(item => Id.Item(item, _basket.Name))] : [],
            BasketValue = !OptionFactory.IsGiven(parsed, _basketValue) ? null
                : worth <= LargestBasket ? (decimal)worth
                : throw new UsageException(FormattableString.Invariant($"{_basketValue.Name} must be at most {LargestBasket:N0}, but is {worth}.")),
        };
    }

    /// <summary>Tells which options make no difference to a model, because it has learnt nothing of them.</summary>
    public void SayUseless(ParseResult parsed, RankContext? context, RecommendationModel model, ProgressLine progress)
    {
        Option[] given = [.. All.Where(option => OptionFactory.IsGiven(parsed, option))];
        if (given.Length == 0 || context is null)
        {
            return;
        }

        if (model is not HybridModel { Stacker: { } stacker })
        {
            progress.Say($"note: {given[0].Name} makes no difference: only stacked hybrids go by it, and this model is {model.Manifest.Algorithm}{(model is HybridModel ? ", not stacked" : string.Empty)}.");
            return;
        }

        if (context.Basket.FirstOrDefault(item => !model.ContainsItem(item)) is { IsEmpty: false } unknown)
        {
            progress.Say($"note: the model does not know the item '{unknown}' of {_basket.Name}, so it does not count.");
        }

        // Each basket reaches another share of what each offer asks for, so that every range of them counts.
        double[] reaches = [0, .. stacker.Schema.Fields.Single(field => field.Name == "basket.reach").Boundaries];
        (Option Option, Action<FeatureValues> Set)[] looks =
        [
            (_device, values => values.Set("context.device", context.Device!)),
            (_page, values => values.Set("context.page", context.Page!)),
            (_location, values => values.Set("context.location", context.Location!)),
            (_basket, values => values.Set("basket.aimed_at", 1)),
            .. reaches.Select(reach => (_basketValue, (Action<FeatureValues>)(values => values.Set("basket.reach", reach)))),
        ];
        string[] useless = [.. looks.ToLookup(look => look.Option, look => look.Set).Where(look => given.Contains(look.Key) && !look.Any(set => HasLearnt(stacker, set))).Select(look => look.Key.Name)];
        if (useless.Length > 0)
        {
            progress.Say($"note: {string.Join(", ", useless)} {(useless.Length == 1 ? "makes" : "make")} no difference, because the model has learnt nothing of it. Interactions files say no context, so 'promorec fit' learns none; the library does.");
        }
    }

    /// <summary>Whether something changes the log odds of an offer of any form.</summary>
    private static bool HasLearnt(LinearModel stacker, Action<FeatureValues> set) => Enum.GetNames<OfferForm>().Any(form =>
    {
        FeatureValues values = new FeatureValues(stacker.Schema).Set("offer.form", form);
        double without = stacker.Score(values);
        set(values);
        return stacker.Score(values) != without;
    });

    private static string? Word(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } word ? null
            : word.Trim().Length > 0 ? word.Trim()
            : throw new UsageException($"{option.Name} is empty. Give it a name, or leave it out.");
}
