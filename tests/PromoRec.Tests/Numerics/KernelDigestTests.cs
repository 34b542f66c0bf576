namespace PromoRec.Tests.Numerics;

public class KernelDigestTests
{
    [Fact]
    public void The_kernels_give_the_same_bits_twice()
    {
        string digest = KernelDigest.Compute();
        Assert.Equal(digest, KernelDigest.Compute());
        if (Environment.GetEnvironmentVariable(KernelDigest.FileVariable) is { Length: > 0 } file)
        {
            File.WriteAllLines(file, [KernelDigest.Vectors(), digest]);
        }
    }
}
