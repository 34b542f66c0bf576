using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models.Ratings;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Evaluation;

public sealed class RatingEvaluatorTests
{
    [Fact]
    public void Errors_are_those_of_all_predictions_and_what_is_unknown_is_counted()
    {
        BaselineModel model = MeanOfTwoAndFour();

        RatingErrors errors = RatingEvaluator.Evaluate(model, [new("a", "x", 3), new("a", "new", 5), new("nobody", "x", 2), new("nobody", "y", 3)], TestContext.Current.CancellationToken);

        Assert.Equal(new RatingErrors(4, Math.Sqrt(5 / 4.0), 0.75, 1, 1), errors);
    }

    [Fact]
    public void No_rating_one_that_is_no_number_and_a_cancelled_token_are_refused()
    {
        BaselineModel model = MeanOfTwoAndFour();

        Assert.Throws<ArgumentException>(() => RatingEvaluator.Evaluate(model, [], TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => RatingEvaluator.Evaluate(model, [new("a", "x", double.NaN)], TestContext.Current.CancellationToken));
        Assert.Throws<OperationCanceledException>(() => RatingEvaluator.Evaluate(model, [new("a", "x", 1)], new CancellationToken(true)));
    }

    /// <summary>Predicts 3 for everybody.</summary>
    private static BaselineModel MeanOfTwoAndFour()
    {
        var builder = new DatasetBuilder();
        builder.Add(new Interaction("a", (ItemId)"x", InteractionKind.Rating, default) { Value = 2 });
        builder.Add(new Interaction("b", (ItemId)"y", InteractionKind.Rating, default) { Value = 4 });
        return new BaselineTrainer(new BaselineOptions { Sweeps = 0 }).Train(builder.Build());
    }
}
