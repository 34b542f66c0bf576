using System.Runtime.InteropServices;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Training;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Tests.Training;

public class ImplicitAlsTests
{
    /// <summary>Every combination of the objective's forms.</summary>
    public static TheoryData<bool, bool, double> Objectives()
    {
        TheoryData<bool, bool, double> all = [];
        foreach (bool rest in new[] { false, true })
        {
            foreach (bool addOne in new[] { false, true })
            {
                foreach (double exponent in new[] { 0.0, 0.5, 1.0 })
                {
                    all.Add(rest, addOne, exponent);
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void An_exact_step_equals_a_dense_double_precision_solve(bool rest, bool addOne, double exponent)
    {
        double[,] values = AlsData.Random(60, 45, seed: 3);
        ImplicitAlsOptions options = Options(rest, addOne, exponent, AlsSolver.Cholesky, iterations: 2);
        InteractionDataset dataset = AlsData.Dataset(values);
        FactorModel model = new ImplicitAlsTrainer(options).Train(dataset);
        var twin = new DenseAls(values, options);
        double[,] items = AlsData.ToDense(model.ItemFactors);
        FactorMatrix users = FactorMatrix.Create(60, options.Factors);

        new AlsHalfStep(dataset.ByUser, model.ItemFactors, users, options.ToObjective(), options).Solve(CancellationToken.None);

        for (int u = 0; u < 60; u++)
        {
            double[] expected = twin.SolveUser(u, items);
            for (int f = 0; f < options.Factors; f++)
            {
                Assert.Equal(expected[f], users.Row(u)[f], 1e-4 * (1 + Math.Abs(expected[f])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_reported_loss_is_the_equation_and_falls_at_every_iteration(bool rest, bool addOne, double exponent)
    {
        double[,] values = AlsData.Random(70, 50, seed: 5);
        foreach (AlsSolver solver in Enum.GetValues<AlsSolver>())
        {
            ImplicitAlsOptions options = Options(rest, addOne, exponent, solver, iterations: 12);
            options.ComputeLoss = true;
            Collector progress = new();
            FactorModel model = new ImplicitAlsTrainer(options).Train(AlsData.Dataset(values), progress: progress, cancellationToken: TestContext.Current.CancellationToken);

            double[] losses = [.. progress.Reports.Select(report => report.Loss!.Value)];
            Assert.Equal(12, losses.Length);
            for (int i = 1; i < losses.Length; i++)
            {
                Assert.True(losses[i] <= losses[i - 1] * (1 + 1e-6), $"{solver}: iteration {i + 1} raised the loss from {losses[i - 1]} to {losses[i]}");
            }

            double expected = new DenseAls(values, options).Loss(AlsData.ToDense(model.UserFactors), AlsData.ToDense(model.ItemFactors));
            Assert.Equal(expected, losses[^1], 1e-5 * expected);
            Assert.Equal(losses[^1], model.Manifest.Metrics["loss"]);
        }
    }

    [Fact]
    public void Many_conjugate_gradient_steps_solve_what_Cholesky_solves()
    {
        InteractionDataset dataset = AlsData.Dataset(AlsData.Random(50, 40, seed: 7));
        ImplicitAlsOptions exact = Options(rest: true, addOne: true, exponent: 1, AlsSolver.Cholesky, iterations: 3);
        ImplicitAlsOptions iterative = Options(rest: true, addOne: true, exponent: 1, AlsSolver.ConjugateGradient, iterations: 3);
        iterative.ConjugateGradientSteps = 60;

        FactorModel left = new ImplicitAlsTrainer(exact).Train(dataset);
        FactorModel right = new ImplicitAlsTrainer(iterative).Train(dataset);

        ReadOnlySpan<float> x = left.UserFactors.Data, y = right.UserFactors.Data;
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i], y[i], 2e-3f);
        }
    }

    [Theory]
    [InlineData(AlsSolver.ConjugateGradient)]
    [InlineData(AlsSolver.Cholesky)]
    public void The_number_of_threads_changes_no_bit(AlsSolver solver)
    {
        InteractionDataset dataset = AlsData.Dataset(AlsData.Random(700, 300, seed: 11));
        byte[][] factors = [.. new[] { 1, 2, 7 }.Select(threads =>
        {
            ImplicitAlsOptions options = new() { Factors = 24, Iterations = 3, Threads = threads, Solver = solver };
            FactorModel model = new ImplicitAlsTrainer(options).Train(dataset);
            return (byte[])[.. MemoryMarshal.AsBytes(model.UserFactors.Data), .. MemoryMarshal.AsBytes(model.ItemFactors.Data)];
        })];

        Assert.Equal(factors[0], factors[1]);
        Assert.Equal(factors[0], factors[2]);
    }

    [Fact]
    public void A_row_longer_than_a_gathered_block_has_the_same_solution()
    {
        // 512 factors make blocks of 128 rows; every user has 400 items.
        var values = new double[6, 400];
        for (int u = 0; u < 6; u++)
        {
            for (int i = 0; i < 400; i++)
            {
                values[u, i] = 1 + ((u + i) % 3);
            }
        }

        InteractionDataset dataset = AlsData.Dataset(values);
        ImplicitAlsOptions options = new() { Factors = 512, Iterations = 1, Solver = AlsSolver.Cholesky, Regularization = 0.1 };
        FactorModel model = new ImplicitAlsTrainer(options).Train(dataset);
        FactorMatrix users = FactorMatrix.Create(6, 512);
        options.Solver = AlsSolver.ConjugateGradient;
        options.ConjugateGradientSteps = 40;

        new AlsHalfStep(dataset.ByUser, model.ItemFactors, users, options.ToObjective(), options).Solve(CancellationToken.None);

        double[] expected = new DenseAls(values, options).SolveUser(4, AlsData.ToDense(model.ItemFactors));
        for (int f = 0; f < 512; f++)
        {
            Assert.Equal(expected[f], users.Row(4)[f], 1e-3);
        }
    }

    [Fact]
    public void A_row_too_long_to_be_copied_at_once_has_the_same_solution()
    {
        // 1,024 factors leave room for 8,192 copies.
        const int Factors = 1024, Observed = 8300;
        var random = new SeededRandom(23);
        FactorMatrix users = FactorMatrix.Create(Observed, Factors), items = FactorMatrix.Create(1, Factors), exact = FactorMatrix.Create(1, Factors);
        foreach (ref float factor in users.Data)
        {
            factor = (float)random.NextGaussian() / 32;
        }

        var interactions = new CsrMatrix(Observed, new long[] { 0, Observed }, Enumerable.Range(0, Observed).ToArray(), Enumerable.Repeat(1f, Observed).ToArray());
        ImplicitAlsOptions options = new() { Factors = Factors, ConjugateGradientSteps = 30 };
        new AlsHalfStep(interactions, users, items, options.ToObjective(), options).Solve(TestContext.Current.CancellationToken);
        options.Solver = AlsSolver.Cholesky;
        new AlsHalfStep(interactions, users, exact, options.ToObjective(), options).Solve(TestContext.Current.CancellationToken);

        float largest = exact.Data.ToArray().Max(Math.Abs);
        for (int f = 0; f < Factors; f++)
        {
            Assert.Equal(exact.Data[f], items.Data[f], 1e-3f * largest);
        }
    }

    [Fact]
    public void The_rows_that_are_solved_beside_a_row_change_no_bit_of_it()
    {
        // Rows of many lengths, so that they are put together in many ways.
        FactorMatrix items = FactorMatrix.Create(900, 40), together = FactorMatrix.Create(120, 40), alone = FactorMatrix.Create(120, 40);
        var random = new SeededRandom(29);
        foreach (ref float factor in items.Data)
        {
            factor = (float)random.NextGaussian() / 6;
        }

        int[][] columns = [.. Enumerable.Range(0, 120).Select(row => Enumerable.Range(0, 900).Where(_ => random.NextInt32(120) < row).ToArray())];
        ImplicitAlsOptions options = new() { Factors = 40 };
        new AlsHalfStep(Rows(columns), items, together, options.ToObjective(), options).Solve(TestContext.Current.CancellationToken);
        for (int row = 0; row < 120; row++)
        {
            FactorMatrix one = FactorMatrix.Create(1, 40);
            new AlsHalfStep(Rows([columns[row]]), items, one, options.ToObjective(), options).Solve(TestContext.Current.CancellationToken);
            one.Row(0).CopyTo(alone.Row(row));
        }

        Assert.Equal(MemoryMarshal.AsBytes(alone.Data).ToArray(), MemoryMarshal.AsBytes(together.Data).ToArray());

        static CsrMatrix Rows(int[][] columns)
        {
            int[] all = [.. columns.SelectMany(each => each)];
            long end = 0;
            return new CsrMatrix(900, new long[] { 0 }.Concat(columns.Select(each => end += each.Length)).ToArray(), all, Enumerable.Repeat(1f, all.Length).ToArray());
        }
    }

    [Fact]
    public void A_planted_low_rank_matrix_is_recovered()
    {
        // Two tastes for each user over eight groups of items; a fifth of what they like is held out.
        const int Users = 400, Items = 160, Groups = 8;
        var random = new SeededRandom(17);
        var liked = new bool[Users, Items];
        var values = new double[Users, Items];
        for (int u = 0; u < Users; u++)
        {
            int first = random.NextInt32(Groups), second = random.NextInt32(Groups);
            for (int i = 0; i < Items; i++)
            {
                liked[u, i] = i % Groups == first || i % Groups == second;
                values[u, i] = liked[u, i] && random.NextDouble() < 0.8 ? 1 : 0;
            }
        }

        FactorModel model = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 20 }).Train(AlsData.Dataset(values));

        int above = 0, pairs = 0;
        for (int u = 0; u < Users; u++)
        {
            float worstHeldOut = float.PositiveInfinity, bestDisliked = float.NegativeInfinity;
            for (int i = 0; i < Items; i++)
            {
                float score = VectorMath.Dot(model.UserFactors.Row(u), model.ItemFactors.Row(i));
                if (!liked[u, i])
                {
                    bestDisliked = Math.Max(bestDisliked, score);
                }
                else if (values[u, i] == 0)
                {
                    worstHeldOut = Math.Min(worstHeldOut, score);
                }
            }

            if (float.IsFinite(worstHeldOut))
            {
                pairs++;
                above += worstHeldOut > bestDisliked ? 1 : 0;
            }
        }

        Assert.True(above >= 0.99 * pairs, $"{above} of {pairs} users have all held-out items above all others");
    }

    [Fact]
    public void The_seed_decides_the_start_and_nothing_else_does()
    {
        InteractionDataset dataset = AlsData.Dataset(AlsData.Random(20, 20, seed: 1));
        FactorModel one = new ImplicitAlsTrainer(new ImplicitAlsOptions { Iterations = 0, Seed = 1 }).Train(dataset);
        FactorModel again = new ImplicitAlsTrainer(new ImplicitAlsOptions { Iterations = 0, Seed = 1, Threads = 2 }).Train(dataset);
        FactorModel other = new ImplicitAlsTrainer(new ImplicitAlsOptions { Iterations = 0, Seed = 2 }).Train(dataset);

        Assert.Equal(one.UserFactors.Data.ToArray(), again.UserFactors.Data.ToArray());
        Assert.Equal(one.Manifest.Version, again.Manifest.Version);
        Assert.NotEqual(one.UserFactors.Data.ToArray(), other.UserFactors.Data.ToArray());
        Assert.NotEqual(one.Manifest.Version, other.Manifest.Version);
        double meanSquare = one.UserFactors.Data.ToArray().Average(x => (double)x * x) * 64;
        Assert.InRange(meanSquare, 0.1 * 0.1 * 0.9, 0.1 * 0.1 * 1.1);
    }

    private static ImplicitAlsOptions Options(bool rest, bool addOne, double exponent, AlsSolver solver, int iterations) => new()
    {
        Factors = 9,
        Iterations = iterations,
        Regularization = exponent == 0 ? 0.5 : 0.05,
        RegularizationExponent = exponent,
        Alpha = 1.5,
        AddOneToConfidence = addOne,
        UnobservedWeight = 0.3,
        UnobservedOver = rest ? UnobservedPairs.Rest : UnobservedPairs.All,
        Solver = solver,
    };

    private sealed class Collector : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value) => Reports.Add(value);
    }
}
