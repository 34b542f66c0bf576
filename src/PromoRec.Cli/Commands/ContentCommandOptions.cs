using System.CommandLine;
using PromoRec.Training.Content;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train models of content.</summary>
internal sealed class ContentCommandOptions
{
    private static readonly ContentOptions Unset = new();

    private readonly Option<double> _text = Weight("--text-weight", "the text", Unset.TextWeight);
    private readonly Option<double> _category = Weight("--category-weight", "the categories", Unset.CategoryWeight);
    private readonly Option<double> _brand = Weight("--brand-weight", "the brand", Unset.BrandWeight);
    private readonly Option<double> _tag = Weight("--tag-weight", "the tags", Unset.TagWeight);
    private readonly Option<double> _number = Weight("--number-weight", "the price and other numbers", Unset.NumberWeight);
    private readonly Option<int> _minItems = OptionFactory.Integer("--min-items", "content: fewest items in whose text a term stands", Unset.MinItems, 1, 1_000_000);
    private readonly Option<double> _maxShare = OptionFactory.Real("--max-item-share", "content: largest share of all items in whose texts a term stands, at most 1", Unset.MaxItemShare, 0, includingLeast: false);
    private readonly Option<int> _maxTerms = OptionFactory.Integer("--max-terms", "content: most terms of texts", Unset.MaxTerms, 1, 100_000_000);
    private readonly Option<bool> _sublinear = OptionFactory.Flag("--sublinear", "content: a term that stands n times counts 1 + ln n");

    public IReadOnlyList<Option> All => [_text, _category, _brand, _tag, _number, _minItems, _maxShare, _maxTerms, _sublinear];

    public ModelTrainer Read(ParseResult parsed, TrainingSources sources)
    {
        if (!sources.HasItems)
        {
            throw new UsageException("--algorithm content compares what the shop says about its items. Name the items file with --items FILE.");
        }

        ContentOptions options = new()
        {
            TextWeight = parsed.GetValue(_text),
            CategoryWeight = parsed.GetValue(_category),
            BrandWeight = parsed.GetValue(_brand),
            TagWeight = parsed.GetValue(_tag),
            NumberWeight = parsed.GetValue(_number),
            MinItems = parsed.GetValue(_minItems),
            MaxItemShare = parsed.GetValue(_maxShare),
            MaxTerms = parsed.GetValue(_maxTerms),
            SublinearCounts = parsed.GetValue(_sublinear),
        };
        TrainingCommandOptions.Check(options.Validate);
        List<Item> items = sources.ReadItems();
        return (data, progress, cancellationToken) => new ContentTrainer(options).Train(data.Dataset, items, progress: progress, cancellationToken: cancellationToken);
    }

    private static Option<double> Weight(string name, string field, double unlessSet) => OptionFactory.Real(name, $"content: weight of {field}", unlessSet, 0, includingLeast: true);
}
