using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Linear;
using PromoRec.Numerics;
using PromoRec.Tests.Datasets.Features;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Models.Linear;

public class LinearModelTests
{
    [Fact]
    public void A_score_is_its_intercept_and_contributions_and_the_largest_come_first()
    {
        FeatureSchema schema = FeatureSchemaTests.Shop();
        LinearModel model = Sample(schema);
        FeatureValues values = new FeatureValues(schema).Set("price", 30).Set("age", 30).Set("device", "other").Set("hour", 12).Set("brand", "acme", "宝洁");

        LinearExplanation all = model.Explain(values);

        Assert.Equal(model.Score(values), all.Score);
        Assert.Equal(all.Score, all.Intercept + all.Contributions.Sum(one => one.Contribution), 1e-12);
        Assert.Equal(0, all.Rest);
        Assert.Equal(all.Contributions.OrderByDescending(one => Math.Abs(one.Contribution)), all.Contributions);
        FeatureContribution price = Assert.Single(all.Contributions, one => one.Feature == "price");
        Assert.Equal((2.0, model.Weights[0], 2 * model.Weights[0]), (price.Value, price.Weight, price.Contribution));
        Assert.Contains(all.Contributions, one => one.Feature == "device=(other)");
        Assert.Contains(all.Contributions, one => one.Feature == "device=other x hour=[9, 18)");

        LinearExplanation two = model.Explain(values, count: 2);
        Assert.Equal(all.Contributions.Take(2), two.Contributions);
        Assert.Equal(all.Score, two.Intercept + two.Contributions.Sum(one => one.Contribution) + two.Rest, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Explain(values, -1));
    }

    [Fact]
    public void Coefficients_in_the_units_of_the_host_give_the_score()
    {
        FeatureSchema schema = FeatureSchemaTests.Shop();
        LinearModel model = Sample(schema);
        LinearCoefficients coefficients = model.GetCoefficients();
        Dictionary<string, double> weights = coefficients.Features.ToDictionary(one => one.Feature, one => one.Weight);

        Assert.Equal(model.Weights[0] / 10, weights["price"], 1e-15);
        FeatureValues values = new FeatureValues(schema).Set("price", 37).Set("age", 30).Set("device", "other");
        LinearExplanation explained = model.Explain(values);
        double score = coefficients.Intercept + (37 * weights["price"]) + explained.Contributions.Where(one => one.Feature != "price").Sum(one => weights[one.Feature]);
        Assert.Equal(model.Score(values), score, 1e-6);

        // All columns that belong to a field, and the hashed ones that weigh anything.
        Assert.Equal(schema.OwnColumns + model.Weights.Skip(schema.OwnColumns).Count(weight => weight != 0), coefficients.Features.Count);
        Assert.Equal("price", coefficients.Features[0].Feature);
        for (int column = schema.OwnColumns; column < schema.ColumnCount; column++)
        {
            Assert.Equal(model.Weights[column], weights.GetValueOrDefault($"hashed column {column - schema.OwnColumns}"));
        }

        FeatureSchema tiny = new FeatureSchemaBuilder().AddNumber("x", 0, 1e-300).Build();
        LinearModel beyond = new(tiny, LinearLoss.Squared, [1e100], 0, new ModelManifest { Version = "1", Algorithm = "linear" });
        Assert.Contains("'x'", Assert.Throws<InvalidOperationException>(() => beyond.GetCoefficients()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_scored_as_its_examples_are()
    {
        FeatureSchema schema = FeatureSchemaTests.Shop();
        LinearModel model = Sample(schema);
        ExampleSetBuilder builder = new(schema);
        List<double> expected = [];
        foreach (double price in new[] { -5.0, 0, 12.5, 1e6 })
        {
            FeatureValues values = new FeatureValues(schema).Set("price", price).Set("brand", "a", "b", "c");
            builder.Add(values, true);
            expected.Add(model.Score(values));
        }

        double[] scores = new double[4];
        model.Score(builder.Build(), scores);

        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Abs(pair.First)));
        Assert.Throws<ArgumentException>(() => model.Score(builder.Build(), new double[3]));
    }

    [Fact]
    public void Probability_is_the_logistic_function_the_calibrator_or_refused()
    {
        FeatureSchema schema = FeatureSchemaTests.Shop();
        FeatureValues nothing = new(schema);
        LinearModel logistic = Sample(schema);
        LinearModel hinge = Sample(schema, LinearLoss.Hinge);

        Assert.Equal(1 / (1 + Math.Exp(-0.25)), logistic.Probability(nothing), 1e-15);
        Assert.Equal((0, 1), (logistic.ProbabilityOf(double.NegativeInfinity), logistic.ProbabilityOf(double.PositiveInfinity)));
        Assert.Throws<ArgumentException>(() => logistic.ProbabilityOf(double.NaN));
        Assert.False(hinge.GivesProbability);
        Assert.Throws<InvalidOperationException>(() => hinge.Probability(nothing));
        Assert.Equal(0.5, hinge.WithCalibrator(new PlattCalibrator(0, 0)).Probability(nothing));
        Assert.Equal((0.5 * 8) - 1, hinge.WithCalibrator(new PlattCalibrator(0, 0)).ExpectedValue(nothing, margin: 8, cost: 1));
        Assert.Throws<ArgumentException>(() => logistic.ExpectedValue(nothing, double.NaN, 1));
        Assert.Throws<ArgumentException>(() => logistic.ExpectedValue(nothing, 1, double.PositiveInfinity));
    }

    [Fact]
    public void Values_of_another_schema_are_refused_and_of_an_equal_one_taken()
    {
        LinearModel model = Sample(FeatureSchemaTests.Shop());

        Assert.Equal(0.25, model.Score(new FeatureValues(FeatureSchemaTests.Shop())));
        FeatureSchema drifted = new FeatureSchemaBuilder { HashBits = 6 }.AddNumber("price", 10, 20).Build();
        PromoRecException refused = Assert.Throws<PromoRecException>(() => model.Score(new FeatureValues(drifted)));
        Assert.Equal(PromoRecErrorCode.SchemaMismatch, refused.Code);
        Assert.Contains("'price' is declared otherwise: a number with center 10 and scale 10 in the model, a number with center 10 and scale 20 in the values", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'brand' is only in the model", refused.Message, StringComparison.Ordinal);
        Assert.Throws<PromoRecException>(() => model.Score(new ExampleSetBuilder(drifted).Build(), []));
        Assert.Throws<PromoRecException>(() => model.Explain(new FeatureValues(drifted)));
    }

    [Fact]
    public void A_saved_model_loads_with_every_bit_and_its_calibrator()
    {
        using TemporaryFolder folder = new();
        LinearModel model = new LinearTrainer(new LinearTrainingOptions { L1 = 0.5, L2 = 0.1 }).Train(Training.Linear.LinearData.Random(80, 9, 0.5, seed: 6));
        foreach (ProbabilityCalibrator? calibrator in SampleModel.Calibrators)
        {
            LinearModel saved = model.WithCalibrator(calibrator);
            saved.Save(folder.File("model"));
            LinearModel loaded = LinearModel.Load(folder.File("model"), model.Schema);

            Assert.Equal(model.Weights, loaded.Weights);
            Assert.Equal((model.Intercept, model.Loss, model.NonZeroCount), (loaded.Intercept, loaded.Loss, loaded.NonZeroCount));
            Assert.Equal(model.Schema.Fingerprint, LinearModel.Load(File.ReadAllBytes(folder.File("model"))).Schema.Fingerprint);
            Assert.Equal(calibrator?.GetType(), loaded.Calibrator?.GetType());
            Assert.Equal(Array.ConvertAll(Scores, saved.ProbabilityOf), Array.ConvertAll(Scores, loaded.ProbabilityOf));
            Assert.Equal((model.Manifest.Version, model.Manifest.DataFingerprint, model.Manifest.Seed), (loaded.Manifest.Version, loaded.Manifest.DataFingerprint, loaded.Manifest.Seed));
            Assert.Equal(model.Manifest.Options.OrderBy(one => one.Key), loaded.Manifest.Options.OrderBy(one => one.Key));
            Assert.Equal(model.Manifest.Metrics.OrderBy(one => one.Key), loaded.Manifest.Metrics.OrderBy(one => one.Key));

            loaded.Save(folder.File("again"));
            Assert.Equal(File.ReadAllBytes(folder.File("model")), File.ReadAllBytes(folder.File("again")));
            Assert.Equal(ModelChecksum.Matches, ModelFileInfo.Read(folder.File("model")).Checksum);
        }
    }

    [Fact]
    public void A_host_with_another_schema_is_told_in_what_it_differs()
    {
        byte[] file = SampleModel.Bytes(Sample(FeatureSchemaTests.Shop()));
        FeatureSchema host = new FeatureSchemaBuilder { HashBits = 6 }.AddNumber("price", 10, 10).AddBuckets("age", 18, 70).Build();

        PromoRecException refused = Assert.Throws<PromoRecException>(() => LinearModel.Load(file, host));

        Assert.Equal(PromoRecErrorCode.SchemaMismatch, refused.Code);
        Assert.Contains("'age' is declared otherwise", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'brand' is only in ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_and_other_models_are_refused()
    {
        LinearModel model = Sample(FeatureSchemaTests.Shop()).WithCalibrator(new IsotonicCalibrator([0, 1], [0.25, 0.5]));
        byte[] file = SampleModel.Bytes(model);
        for (int at = 0; at < file.Length; at += 3)
        {
            file[at] ^= 0x20;
            Refused(file);
            file[at] ^= 0x20;
            Refused(file[..at]);
        }

        Refused(SampleModel.Bytes(SampleModel.Create()));
        Refused(ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["linear.loss"] = "Cubic"));
        Refused(ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["linear.intercept"] = "NaN"));
        Refused(ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["linear.calibrator"] = "tarot"));
        Refused(ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["linear.schema"] = "promorec-features-1\t28\nhashed\tx"));
        Refused(ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["linear.schema"] = "?"));
        Refused(ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["promorec.format_version"] = "2"));
        Refused(ModelFileEditor.WithTensor(file, "weights", (bytes, at) => BitConverter.TryWriteBytes(bytes.AsSpan(at), double.NaN)));
        Refused(ModelFileEditor.WithTensor(file, "calibrator.probabilities", (bytes, at) => BitConverter.TryWriteBytes(bytes.AsSpan(at), 1.5)));
        Assert.Equal(model.Weights, LinearModel.Load(file).Weights);

        static void Refused(byte[] bytes) => Assert.Throws<ArtifactException>(() => LinearModel.Load(bytes));
    }

    private static double[] Scores => [-1e308, -3, -0.5, 0, 0.05, 1, 1.5, 7, 1e308];

    private static LinearModel Sample(FeatureSchema schema, LinearLoss loss = LinearLoss.Logistic)
    {
        var random = new SeededRandom(3);
        var weights = new double[schema.ColumnCount];
        for (int column = 0; column < weights.Length; column++)
        {
            weights[column] = random.NextGaussian();
        }

        return new LinearModel(schema, loss, weights, 0.25, new ModelManifest { Version = "v", Algorithm = "linear" });
    }
}
