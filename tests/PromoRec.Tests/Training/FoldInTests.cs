using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Artifacts;
using PromoRec.Tests.Models;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Tests.Training;

public class FoldInTests
{
    private static readonly double[,] Values = AlsData.Random(60, 45, seed: 23);
    private static readonly ImplicitAlsOptions Options = new() { Factors = 9, Iterations = 6, Solver = AlsSolver.Cholesky, UnobservedOver = UnobservedPairs.Rest, AddOneToConfidence = true };
    private static readonly FactorModel Model = new ImplicitAlsTrainer(Options).Train(AlsData.Dataset(Values));

    [Fact]
    public void A_folded_customer_has_the_vector_of_the_dense_solve()
    {
        double[] expected = new DenseAls(Values, Options).SolveUser(5, AlsData.ToDense(Model.ItemFactors));

        FoldedCustomer customer = Model.FoldIn(EvidenceOf(5));

        for (int f = 0; f < Options.Factors; f++)
        {
            Assert.Equal(expected[f], customer.Vector.Row(0)[f], 1e-4 * (1 + Math.Abs(expected[f])));
        }
    }

    [Fact]
    public void Values_of_one_item_add_up_and_unknown_items_are_counted()
    {
        FoldedCustomer once = Model.FoldIn([new("i000003", 2f), new("i000007", 1f)]);
        FoldedCustomer twice = Model.FoldIn([new("i000007", 1f), new("i000003", 1.5f), new("nobody sells this", 1f), new("i000003", 0.5f)]);

        Assert.Equal(once.Vector.Data.ToArray(), twice.Vector.Data.ToArray());
        Assert.Equal((2, 1), (twice.KnownItems, twice.UnknownItems));
        Assert.Null(twice.Score("nobody sells this"));
    }

    [Fact]
    public void Without_known_evidence_the_vector_is_zero()
    {
        FoldedCustomer customer = Model.FoldIn([new("never seen", 1f)]);

        Assert.All(customer.Vector.Data.ToArray(), value => Assert.Equal(0f, value));
        Assert.Equal(0f, customer.Score("i000001"));
    }

    [Fact]
    public void Without_evidence_and_without_any_weight_for_the_unobserved_the_vector_is_still_zero()
    {
        ImplicitAlsOptions options = new() { Factors = 9, Iterations = 1, UnobservedWeight = 0 };
        FactorModel model = new ImplicitAlsTrainer(options).Train(AlsData.Dataset(Values));

        Assert.Equal(0f, model.FoldIn([]).Score("i000001"));
    }

    [Fact]
    public void Customers_are_folded_into_and_explained_by_the_longest_vectors_a_file_may_have()
    {
        // The system is (YᵀY + λ) x = y with the defaults of an import and one item y = (1, 1, 0, ...): x = y / (|y|² + λ).
        const int Factors = ModelFormat.MaxFactors;
        var items = new float[Factors];
        items[0] = items[1] = 1;
        byte[] file = NpzWriter.Write(
            ("user_factors", NpzWriter.Array("<f4", [1, Factors], new float[Factors])),
            ("item_factors", NpzWriter.Array("<f4", [1, Factors], items)));
        FactorModel model = FactorModel.Import(ArtifactBytes.Copy(file));

        FoldedCustomer customer = model.FoldIn([new(0, 1f)]);

        Assert.Equal(2 / 2.01, customer.Score(0)!.Value, 1e-5);
        Assert.Equal(2 / 2.01, model.Explain(customer, 0)!.Score, 1e-5);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.MaxValue)]
    public void Evidence_that_cannot_be_solved_is_refused(float value) =>
        Assert.Throws<ArgumentException>(() => Model.FoldIn([new("i000001", value)]));

    [Fact]
    public void The_contributions_add_up_to_the_score()
    {
        for (int user = 0; user < 20; user++)
        {
            FoldedCustomer customer = Model.FoldIn(EvidenceOf(user));
            ItemId item = $"i{user:D6}";

            ScoreExplanation folded = Model.Explain(customer, item)!;
            ScoreExplanation trained = Model.Explain($"u{user:D6}", item)!;

            Assert.Equal(customer.Score(item)!.Value, folded.Score, 1e-4);
            Assert.Equal(folded.Score, folded.Contributions.Sum(contribution => contribution.Contribution), 1e-9);
            Assert.Equal(folded.Contributions, trained.Contributions);
            Assert.Equal(folded.Contributions.OrderByDescending(contribution => contribution.Contribution), folded.Contributions);
            Assert.All(folded.Contributions, contribution => Assert.True(Values[user, RowOf(contribution.Item)] > 0));
        }
    }

    [Fact]
    public void Leaving_out_the_strongest_reason_lowers_the_score_most()
    {
        IReadOnlyList<ItemEvidence> evidence = EvidenceOf(8);
        ItemId item = "i000020";
        ItemId strongest = Model.Explain(Model.FoldIn(evidence), item)!.Contributions[0].Item;

        float without = Model.FoldIn([.. evidence.Where(one => one.Item != strongest)]).Score(item)!.Value;

        Assert.True(without < Model.FoldIn(evidence).Score(item)!.Value);
    }

    [Fact]
    public void Unknown_ids_have_no_explanation()
    {
        Assert.Null(Model.Explain("nobody", "i000001"));
        Assert.Null(Model.Explain("u000001", "nothing"));
        Assert.Throws<ArgumentException>(() => new ImplicitAlsTrainer(Options).Train(AlsData.Dataset(Values)).Explain(Model.FoldIn([]), "i000001"));
    }

    private static List<ItemEvidence> EvidenceOf(int user) =>
        [.. Enumerable.Range(0, 45).Where(item => Values[user, item] != 0).Select(item => new ItemEvidence($"i{item:D6}", (float)Values[user, item]))];

    private static int RowOf(ItemId item) => int.Parse(item.ToString().AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}
