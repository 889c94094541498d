/// # Traffic: connections to other servers
///
/// Everything that leaves the machine leaves here. ``HTTPClient`` is the real `HTTPTransport`: HTTP/1.1 over plain TCP to addresses that a person configured, with bounds on time, head and body.
/// What happens on a connection is decided by a state machine without sockets (`ExchangeState`); the handler around it only carries events.
///
/// Reading is by demand: the next bytes are read when the reader asks for them. Cancelling the reader's task, or dropping the answer, closes the connection, so a server that was computing for us
/// notices. Redirects are answers like others, because following one would go to an address that nobody configured.
///
/// Rejected: async-http-client (TLS, HTTP/2, connection pools and their packages in every clean build, for one request at a time to a neighbor), `URLSession` (another network stack in the
/// process, and a large one), and TLS here: a proxy on the same machine does it with the certificates that its administrator knows.
///
/// ## Topics
/// ``HTTPClient``
public enum TrafficRoom {}
