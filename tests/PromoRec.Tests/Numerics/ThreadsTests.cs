using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class ThreadsTests
{
    [Fact]
    public void Zero_means_one_thread_a_processor_and_other_numbers_themselves()
    {
        Assert.Equal(Environment.ProcessorCount, Threads.Resolve(0));
        Assert.Equal(1, Threads.Resolve(1));
        Assert.Equal(7, Threads.Resolve(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Threads.Resolve(-1));
    }
}
