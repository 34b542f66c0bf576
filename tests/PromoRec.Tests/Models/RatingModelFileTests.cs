using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Artifacts;
using PromoRec.Models.Ratings;

namespace PromoRec.Tests.Models;

/// <summary>Models of ratings are files like all others.</summary>
public sealed class RatingModelFileTests
{
    public static TheoryData<int> Families => [0, 1, 2, 3, 4, 5];

    private static readonly ItemEvidence[] Evidence = [new("item-1", 3), new("item-4", -1), new("item-7", 2.5f)];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_model_of_ratings_comes_back_with_the_same_bits_and_answers(int family)
    {
        using var folder = new TemporaryFolder();
        RatingModel model = SampleModel.Ratings()[family];
        string path = folder.File("m.safetensors");
        model.Save(path);

        AssertSame(model, RecommendationModel.Load(path));
        AssertSame(model, RecommendationModel.Load(path, new ModelLoadOptions { MapFile = false }));
        AssertSame(model, RecommendationModel.Load(path, new ModelLoadOptions { VerifyTensors = false }));
        AssertSame(model, RecommendationModel.Load(File.ReadAllBytes(path)));
        Assert.Equal(SampleModel.Bytes(model), SampleModel.Bytes(RecommendationModel.Load(path)));
        ArtifactException fault = Assert.Throws<ArtifactException>(() => FactorModel.Load(path));
        Assert.Contains($"this is a model of the family '{model.Manifest.Algorithm}', which has no factors", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_file_can_be_inspected_without_loading_it(int family)
    {
        using var folder = new TemporaryFolder();
        RatingModel model = SampleModel.Ratings()[family];
        model.Save(folder.File("m"));

        ModelFileInfo info = ModelFileInfo.Read(folder.File("m"));

        Assert.True(info.IsModel);
        Assert.Equal(model.Manifest.Algorithm, info.Manifest!.Algorithm);
        Assert.Equal(model is SvdModel or SvdPlusPlusModel ? 3 : 0, info.Factors);
        Assert.Equal(ModelChecksum.Matches, info.Checksum);
        Assert.Equal(model is not SlopeOneModel and not RatingKnnModel { ItemBased: false }, info.Tensors.Any(tensor => tensor.DataType == "F64"));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Without_history_a_model_still_predicts_numbers_and_knows_no_rating(int family)
    {
        RatingModel model = SampleModel.Ratings()[family];
        var loaded = (RatingModel)RecommendationModel.Load(SampleModel.Bytes(model, includeHistory: false));

        Assert.Equal(0, loaded.History.ByUser.Count);
        Assert.All(SampleModel.UserIds, user => Assert.InRange(loaded.Predict(user, "item-2"), -3, 4.5));
        Assert.Empty(loaded.Explain("9", "item-2")!.Contributions);
        if (model is BaselineModel or SvdModel or SvdPlusPlusModel)
        {
            Assert.All(SampleModel.UserIds, user => Assert.Equal(model.Predict(user, "item-2"), loaded.Predict(user, "item-2")));
        }
    }

    [Theory]
    [InlineData(0, "ratings.mean", "5", "a mean between the lowest rating and the highest")]
    [InlineData(0, "ratings.lowest", "NaN", "a number that single precision holds")]
    [InlineData(0, "ratings.highest", "Infinity", "a number that single precision holds")]
    [InlineData(0, "baseline.user_regularization", "-1", "a number, 0 or above")]
    [InlineData(1, "baseline.user_regularization", "NaN", "a number, 0 or above")]
    [InlineData(1, "rating_knn.centering", "middle", "a centering that this version knows")]
    [InlineData(1, "rating_knn.similarity", "jaccard", "a similarity that this version knows")]
    [InlineData(1, "rating_knn.item_based", "yes", "true or false")]
    [InlineData(1, "rating_knn.neighbours", "0", "a whole number, 1 or above")]
    [InlineData(2, "rating_knn.shrinkage", "Infinity", "a finite number, 0 or above")]
    [InlineData(2, "rating_knn.similarities_per_row", "-1", "a whole number, 1 or above")]
    [InlineData(4, "sgd.epochs", "10001", "a whole number from 0 to 10,000")]
    [InlineData(4, "sgd.learning_rate", "0", "a number above 0, at most 1")]
    [InlineData(5, "sgd.regularization", "NaN", "a finite number, 0 or above")]
    [InlineData(5, "model.factors", "0", "a whole number from 1 to 4096")]
    public void Metadata_that_say_nonsense_are_refused(int family, string key, string value, string expected)
    {
        byte[] file = SampleModel.Bytes(SampleModel.Ratings()[family]);
        byte[] changed = ModelFileEditor.WithHeader(file, header => header[TensorFile.MetadataKey]![key] = value);
        byte[] lacking = ModelFileEditor.WithHeader(file, header => header[TensorFile.MetadataKey]!.AsObject().Remove(key));

        Assert.NotNull(ModelFileEditor.Header(file)[TensorFile.MetadataKey]![key]);
        ArtifactException fault = Assert.Throws<ArtifactException>(() => RecommendationModel.Load(changed));
        Assert.Contains($"the metadata {key} cannot be read; expected {expected}", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"the metadata lack {key}", Assert.Throws<ArtifactException>(() => RecommendationModel.Load(lacking)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "users.biases", 2, double.NaN)]
    [InlineData(0, "items.biases", 8, 1e101)]
    [InlineData(1, "users.biases", 0, double.NegativeInfinity)]
    [InlineData(4, "users.biases", 1, -1e16)]
    public void A_bias_that_would_make_a_prediction_no_number_is_refused_at_its_place(int family, string tensor, int element, double value)
    {
        byte[] file = ModelFileEditor.WithTensor(SampleModel.Bytes(SampleModel.Ratings()[family]), tensor, (bytes, first) => MemoryMarshal.Write(bytes.AsSpan(first + (element * 8)), value));

        AssertRefusedAt(file, tensor, element * 8);
    }

    [Theory]
    [InlineData(1, "similarities.values", 3, 0f)]
    [InlineData(2, "similarities.values", 0, -0.5f)]
    [InlineData(2, "similarities.values", 1, float.NaN)]
    [InlineData(3, "deviations.values", 2, float.PositiveInfinity)]
    [InlineData(4, "users.factors", 1, 1e16f)]
    [InlineData(5, "items.implicit_factors", 2, float.NaN)]
    [InlineData(5, "items.implicit_factors", 5, 1f)]
    [InlineData(5, "history.values", 0, float.NaN)]
    [InlineData(5, "history.last_days", 1, -1f)]
    public void A_number_that_would_make_a_prediction_none_is_refused_at_its_place(int family, string tensor, int element, float value)
    {
        byte[] file = ModelFileEditor.WithTensor(SampleModel.Bytes(SampleModel.Ratings()[family]), tensor, (bytes, first) => MemoryMarshal.Write(bytes.AsSpan(first + (element * 4)), value));

        AssertRefusedAt(file, tensor, element * 4);
    }

    [Fact]
    public void Every_tensor_of_a_family_must_be_there_and_those_of_another_may_not()
    {
        foreach (RatingModel model in SampleModel.Ratings())
        {
            byte[] file = SampleModel.Bytes(model);
            foreach (string tensor in ModelFileEditor.Header(file).Select(entry => entry.Key).Where(key => key != TensorFile.MetadataKey && !key.StartsWith(ModelFormat.PaddingPrefix, StringComparison.Ordinal)))
            {
                byte[] renamed = ModelFileEditor.WithHeader(file, header =>
                {
                    JsonNode entry = header[tensor]!.DeepClone();
                    header.Remove(tensor);
                    header["other"] = entry;
                });
                string fault = tensor == ModelFormat.LastDays ? "the header names a tensor that a model of this format version does not have" : $"the header lacks the tensor '{tensor}'";
                Assert.Contains(fault, Assert.Throws<ArtifactException>(() => RecommendationModel.Load(renamed)).Message, StringComparison.Ordinal);
            }
        }

        byte[] svd = SampleModel.Bytes(SampleModel.Ratings()[5]);
        byte[] withTooMuch = ModelFileEditor.WithHeader(svd, header => header[TensorFile.MetadataKey]![ModelFormat.FormatKey] = ModelFormat.SvdFormat);
        Assert.Contains("does not have", Assert.Throws<ArtifactException>(() => RecommendationModel.Load(withTooMuch)).Message, StringComparison.Ordinal);
    }

    private static void AssertRefusedAt(byte[] file, string tensor, int offset)
    {
        int expected = ModelFileEditor.Extent(file, tensor).Start + offset;
        foreach (bool verify in new[] { true, false })
        {
            ArtifactException fault = Assert.Throws<ArtifactException>(() => RecommendationModel.Load(file, new ModelLoadOptions { VerifyTensors = verify }));
            Assert.Equal(expected, fault.Offset);
            Assert.Contains(tensor, fault.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSame(RatingModel expected, RecommendationModel loaded)
    {
        var actual = Assert.IsType<RatingModel>(loaded, exactMatch: false);
        Assert.Equal(expected.GetType(), actual.GetType());
        Assert.Equal(expected.Scale, actual.Scale);
        FoldedRater expectedRater = expected.FoldIn(Evidence), actualRater = actual.FoldIn(Evidence);
        foreach (ItemId item in Enumerable.Range(0, 9).Select(item => (ItemId)$"item-{item}").Append("nothing"))
        {
            Assert.Equal(expectedRater.Predict(item), actualRater.Predict(item));
            foreach (UserId user in SampleModel.UserIds.Append("nobody").Select(user => (UserId)user))
            {
                Assert.Equal(expected.Predict(user, item), actual.Predict(user, item));
                Assert.Equal(expected.Explain(user, item)?.Start, actual.Explain(user, item)?.Start);
                Assert.Equal(expected.Explain(user, item)?.Contributions, actual.Explain(user, item)?.Contributions);
            }
        }

        Assert.All(SampleModel.UserIds, user => Assert.Equal(expected.Recommend(user, 9), actual.Recommend(user, 9)));
        Assert.Equal(expected.Recommend(Evidence, 9), actual.Recommend(Evidence, 9));
    }
}
