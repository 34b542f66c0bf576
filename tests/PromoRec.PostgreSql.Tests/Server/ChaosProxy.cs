using System.Net;
using System.Net.Sockets;

namespace PromoRec.PostgreSql.Tests.Server;

/// <summary>Stands between the store and the server and loses what the server says: the statement has run, but nobody hears of it.</summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _lost;

    public ChaosProxy(int serverPort, int seed)
    {
        (_serverPort, _random) = (serverPort, new Random(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many of a hundred replies are lost, with their connection.</summary>
    public int LossPercent { get; set; }

    /// <summary>Whether replies are swallowed and connections left open, so that only a timeout tells.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether new connections are turned away.</summary>
    public bool IsClosed { get; set; }

    public int Lost => _lost;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (TcpClient server = new() { NoDelay = true })
        {
            client.NoDelay = true;
            try
            {
                if (IsClosed)
                {
                    return;
                }

                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                await Task.WhenAny(PumpAsync(client, server, isReply: false), PumpAsync(server, client, isReply: true));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // Either end has gone; that is what a proxy like this is for.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool isReply)
    {
        byte[] buffer = new byte[65_536];
        while (true)
        {
            int read = await from.GetStream().ReadAsync(buffer, _stop.Token);
            if (read == 0 || IsClosed || (isReply && IsLoss()))
            {
                return;
            }

            if (!isReply || !IsSilent)
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
    }

    private bool IsLoss()
    {
        lock (_gate)
        {
            bool isLoss = _random.Next(100) < LossPercent;
            _lost += isLoss ? 1 : 0;
            return isLoss;
        }
    }
}
