using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PromoRec.PostgreSql.Tests.Server;

/// <summary>
/// A pooler in transaction mode at its worst: every transaction of a client goes to another session than the one before, so that whatever relies on a session,
/// such as a prepared statement, a setting or an advisory lock, does not survive.
/// </summary>
public sealed class TransactionPooler : IAsyncDisposable
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int CancelRequest = 80877102;
    private const int Sessions = 3;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;

    public TransactionPooler(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often a client was moved to another session.</summary>
    public int Moves { get; private set; }

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
        TcpClient[] sessions = [.. Enumerable.Range(0, Sessions).Select(_ => new TcpClient() { NoDelay = true })];
        try
        {
            client.NoDelay = true;
            if (await ReadStartupAsync(client.GetStream()) is { } startup)
            {
                for (int i = 0; i < Sessions; i++)
                {
                    await sessions[i].ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                    await sessions[i].GetStream().WriteAsync(startup, _stop.Token);
                    await RelayUntilReadyAsync(sessions[i].GetStream(), i == 0 ? client.GetStream() : Stream.Null);
                }

                await RelayTransactionsAsync(client.GetStream(), sessions);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // Either end has gone, and the other one goes with it.
        }
        finally
        {
            client.Dispose();
            Array.ForEach(sessions, session => session.Dispose());
        }
    }

    private async Task<byte[]?> ReadStartupAsync(NetworkStream client)
    {
        while (true)
        {
            byte[] length = new byte[4];
            await client.ReadExactlyAsync(length, _stop.Token);
            byte[] message = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            length.CopyTo(message, 0);
            await client.ReadExactlyAsync(message.AsMemory(4), _stop.Token);
            switch (BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(4)))
            {
                case SslRequest or GssRequest:
                    await client.WriteAsync("N"u8.ToArray(), _stop.Token);
                    break;
                case CancelRequest:
                    return null;
                default:
                    return message;
            }
        }
    }

    private async Task RelayTransactionsAsync(NetworkStream client, TcpClient[] sessions)
    {
        for (int session = 0; ; session = (session + 1) % Sessions)
        {
            NetworkStream server = sessions[session].GetStream();
            bool isInTransaction = true;
            while (isInTransaction)
            {
                // A client speaks until it asks for an answer, and the answer ends with the state of the transaction.
                char type;
                do
                {
                    byte[] message = await ReadMessageAsync(client);
                    type = (char)message[0];
                    await server.WriteAsync(message, _stop.Token);
                }
                while (type is not ('S' or 'Q' or 'X'));
                isInTransaction = await RelayUntilReadyAsync(server, client) != 'I';
            }

            Moves++;
        }
    }

    private async Task<char> RelayUntilReadyAsync(NetworkStream server, Stream client)
    {
        while (true)
        {
            byte[] message = await ReadMessageAsync(server);
            await client.WriteAsync(message, _stop.Token);
            if (message[0] == 'Z')
            {
                return (char)message[5];
            }
        }
    }

    private async Task<byte[]> ReadMessageAsync(NetworkStream stream)
    {
        byte[] head = new byte[5];
        await stream.ReadExactlyAsync(head, _stop.Token);
        byte[] message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        head.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(5), _stop.Token);
        return message;
    }
}
