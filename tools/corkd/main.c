/* corkd: the host service of a Wine prefix. Options, becoming a daemon, start and end. */
#include "corkd/daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define IDLE_SECONDS       60
#define DESCRIPTORS_WANTED 16384

enum exit_code
{
    EXIT_FINE,
    EXIT_FAILED,
    EXIT_USAGE,
    EXIT_SERVED_ALREADY, /* another corkd serves the prefix */
};

struct options
{
    const char *prefix;
    bool foreground, verbose;
    unsigned idle_seconds;
};

static const char help[] =
    "Usage: corkd --prefix DIR [--foreground] [--verbose] [--idle-exit SECONDS]\n"
    "The host service of Cork's Windows DLLs in the Wine prefix DIR. They start it when they need it.\n"
    "\n"
    "  --prefix DIR         the Wine prefix (WINEPREFIX)\n"
    "  --foreground         stay in the foreground and log to the terminal\n"
    "  --verbose            log what clients do, too\n"
    "  --idle-exit SECONDS  end when nobody has been there for so long (60; 0: never)\n"
    "  --version            print the version and exit\n"
    "  --help               print this and exit\n"
    "\n"
    "Log: DIR/cork/corkd.log. Exit codes: 0 ended in order (in the background: started), 1 failed, 2 wrong usage,\n"
    "3 another corkd serves the prefix already.\n";

struct daemon_services services;

/* ---- Options ---- */

static void wrong_usage(const char *what)
{
    fprintf(stderr, "corkd: %s\nTry 'corkd --help'.\n", what);
    exit(EXIT_USAGE);
}

static unsigned parse_seconds(const char *text)
{
    char *end;
    unsigned long value;

    errno = 0;
    value = strtoul(text, &end, 10);
    if (!*text || *text == '-' || *end || errno || value > 10000000)
        wrong_usage("--idle-exit takes a number of seconds up to 10000000");
    return (unsigned)value;
}

static void parse_options(int argc, char **argv, struct options *options)
{
    static const struct option table[] = {
        {"prefix", required_argument, NULL, 'p'},
        {"foreground", no_argument, NULL, 'f'},
        {"verbose", no_argument, NULL, 'v'},
        {"idle-exit", required_argument, NULL, 'i'},
        {"version", no_argument, NULL, 'V'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option;

    *options = (struct options){.idle_seconds = IDLE_SECONDS};
    while ((option = getopt_long(argc, argv, "", table, NULL)) != -1)
        switch (option)
        {
        case 'p':
            options->prefix = optarg;
            break;
        case 'f':
            options->foreground = true;
            break;
        case 'v':
            options->verbose = true;
            break;
        case 'i':
            options->idle_seconds = parse_seconds(optarg);
            break;
        case 'V':
            printf("corkd (Cork) %s, protocol %d.%d\n", CORK_VERSION, HOST_PROTOCOL_MAJOR, HOST_PROTOCOL_MINOR);
            exit(EXIT_FINE);
        case 'h':
            fputs(help, stdout);
            exit(EXIT_FINE);
        default:
            fputs("Try 'corkd --help'.\n", stderr);
            exit(EXIT_USAGE);
        }
    if (optind < argc) wrong_usage("there is an argument too many");
    if (!options->prefix || !*options->prefix) wrong_usage("--prefix DIR is missing");
}

/* ---- Becoming a daemon ---- */

/* Goes to the background. The first process waits on the returned pipe's other end for the exit code to give, so that
 * whoever started corkd knows that it serves. */
static int detach(void)
{
    int ends[2];
    unsigned char code = EXIT_FAILED;
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) || (child = fork()) < 0)
    {
        fprintf(stderr, "corkd: cannot go to the background: %s\n", strerror(errno));
        exit(EXIT_FAILED);
    }
    if (child)
    {
        close(ends[1]);
        while (read(ends[0], &code, 1) < 0 && errno == EINTR)
            ;
        _exit(code);
    }
    close(ends[0]);
    setsid();
    return ends[1];
}

/* Says how the start went, and lets go of the starter's terminal and pipes. */
static void report_start(int pipe_fd, unsigned char code)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    ssize_t written;

    if (null >= 0)
    {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        close(null);
    }
    written = write(pipe_fd, &code, 1);
    (void)written; /* a starter that has gone needs no answer */
    close(pipe_fd);
}

/* Whoever starts corkd may have left anything open; and nothing of it may land on 0, 1 or 2. */
static void tidy_descriptors(void)
{
    int fd;

    while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
        ;
    close_range(STDERR_FILENO + 1, ~0u, 0);
}

static void raise_descriptor_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= DESCRIPTORS_WANTED) return;
    limit.rlim_cur = limit.rlim_max < DESCRIPTORS_WANTED ? limit.rlim_max : DESCRIPTORS_WANTED;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* ---- Services ---- */

#ifdef CORKD_RSM
extern const struct host_service rsm_service;
#endif
#ifdef CORKD_WLAN
extern const struct host_service wlan_service;
#endif

static void start_services(const struct endpoint *endpoint)
{
    static struct host_place place;
    static const struct host_service *const all[] = {
        &ping_service,
        &trap_service,
#ifdef CORKD_RSM
        &rsm_service,
#endif
#ifdef CORKD_WLAN
        &wlan_service,
#endif
    };

    place = (struct host_place){endpoint->prefix, endpoint->folder};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
    {
        services.list[services.count] = all[i];
        services.started[services.count] = !all[i]->start || !all[i]->start(&place);
        if (!services.started[services.count]) host_log("the service %s could not start", all[i]->name);
        services.count++;
    }
}

static void stop_services(void)
{
    for (unsigned i = services.count; i--;)
        if (services.started[i] && services.list[i]->stop) services.list[i]->stop();
}

/* ---- Start and end ---- */

static int fail(const char *error)
{
    fprintf(stderr, "corkd: %s\n", error);
    return EXIT_FAILED;
}

static int start(struct endpoint *endpoint, const struct options *options, uint16_t *port)
{
    char error[PATH_MAX + 256], log[PATH_MAX + 16];
    const char *reason = "";

    if (endpoint_init(endpoint, options->prefix, error, sizeof(error))) return fail(error);
    switch (endpoint_lock(endpoint, error, sizeof(error)))
    {
    case ENDPOINT_LOCKED:
        break;
    case ENDPOINT_TAKEN:
        fprintf(stderr, "corkd: %s\n", error);
        return EXIT_SERVED_ALREADY;
    case ENDPOINT_FAILED:
        return fail(error);
    }
    snprintf(log, sizeof(log), "%s/corkd.log", endpoint->folder);
    if (options->foreground)
        log_to_stderr(options->verbose);
    else if (log_to_file(log, options->verbose))
        fprintf(stderr, "corkd: no log, %s: %s\n", log, strerror(errno));
    raise_descriptor_limit();
    *port = loop_listen(&reason);
    if (!*port)
    {
        snprintf(error, sizeof(error), "cannot listen on 127.0.0.1: %s", reason);
        return fail(error);
    }
    start_services(endpoint);
    if (!endpoint_publish(endpoint, *port, error, sizeof(error))) return EXIT_FINE;
    stop_services();
    host_log("%s", error);
    return options->foreground ? EXIT_FAILED : fail(error);
}

int main(int argc, char **argv)
{
    static struct endpoint endpoint;
    struct options options;
    int result, starter = -1;
    uint16_t port = 0;

    parse_options(argc, argv, &options);
    signal(SIGPIPE, SIG_IGN);
    umask(077);
    tidy_descriptors();
    if (!options.foreground) starter = detach();
    result = start(&endpoint, &options, &port);
    if (starter >= 0) report_start(starter, (unsigned char)result);
    if (result != EXIT_FINE) return result;
    host_log("corkd %s serves %s on 127.0.0.1:%u", CORK_VERSION, endpoint.prefix, (unsigned)port);
    result = loop_run(&(struct loop_options){&endpoint, options.idle_seconds});
    if (!pool_stop())
    {
        /* What a service is still doing is not waited for: it has to survive the end of corkd at any moment. */
        host_log("a request did not end in %d seconds: corkd ends without it", DRAIN_SECONDS);
        _exit(EXIT_FAILED);
    }
    stop_services();
    endpoint_unlock(&endpoint);
    host_log("ended");
    return result;
}
