/*
 * Time a command as a whole process, from exec to its end, many times.
 *
 * usage: runstat [-n RUNS] [-w WARMUP] [-b SECONDS] [-p PREPARE] [-i INPUT]
 *                [-m] -- COMMAND ARGUMENT...
 *
 * Standard input is INPUT; what it prints goes to /dev/null. PREPARE is given to sh before
 * every run and is not timed. After SECONDS no further run begins. -m reads
 * the private memory as often as it can while the command runs, which needs
 * a second CPU and spoils the times.
 *
 * Prints: runs, median, least and most wall time in ms, peak RSS in KiB,
 * peak private memory in KiB (0 without -m), exit status of the last run.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { RUNS_MAX = 10000 };

struct options {
	long runs, warmup;
	double seconds;
	char *prepare;
	const char *input;
	bool memory;
	char **command;
};

struct run {
	double ms;
	long rss, anon; /* KiB */
	int status;
};

static void die(const char *what)
{
	fprintf(stderr, "runstat: %s: %s\n", what, strerror(errno));
	exit(2);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static pid_t start(char **command, const char *input)
{
	posix_spawn_file_actions_t files;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	errno = posix_spawnp(&pid, command[0], &files, NULL, command, environ);
	if (errno)
		die(command[0]);
	posix_spawn_file_actions_destroy(&files);
	return pid;
}

/* Private memory of a process in KiB; 0 once it is gone. */
static long private_memory(pid_t pid)
{
	char path[64], text[128];

	snprintf(path, sizeof(path), "/proc/%ld/statm", (long)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len <= 0)
		return 0;
	text[len] = '\0';

	char *at = text;
	(void)strtol(at, &at, 10); /* size */
	long resident = strtol(at, &at, 10);
	long shared = strtol(at, &at, 10);
	return (resident - shared) * (sysconf(_SC_PAGESIZE) / 1024);
}

static struct run run_once(const struct options *options)
{
	struct run run = {0};
	struct rusage usage;
	double begun = now();
	pid_t pid = start(options->command, options->input), done = 0;

	while (options->memory &&
	       !(done = wait4(pid, &run.status, WNOHANG, &usage))) {
		long anon = private_memory(pid);
		if (anon > run.anon)
			run.anon = anon;
	}
	while (!done || (done < 0 && errno == EINTR))
		done = wait4(pid, &run.status, 0, &usage);
	run.ms = now() - begun;
	run.rss = usage.ru_maxrss;
	return run;
}

static void prepare(const struct options *options)
{
	char *command[] = {(char[]){"sh"}, (char[]){"-c"}, options->prepare,
			   NULL};
	int status = 0;

	if (!options->prepare)
		return;
	waitpid(start(command, "/dev/null"), &status, 0);
	if (status) {
		fprintf(stderr, "runstat: failed: %s\n", options->prepare);
		exit(2);
	}
}

static int by_time(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(const struct options *options)
{
	static double times[RUNS_MAX];
	struct run run = {0};
	long count = 0, rss = 0, anon = 0;
	double until = now() + options->seconds * 1e3;

	for (long i = -options->warmup; i < options->runs; i++) {
		prepare(options);
		run = run_once(options);
		if (i < 0 && now() < until)
			continue;
		times[count++] = run.ms;
		rss = run.rss > rss ? run.rss : rss;
		anon = run.anon > anon ? run.anon : anon;
		if (now() > until)
			break;
	}
	qsort(times, (size_t)count, sizeof(*times), by_time);
	printf("%ld\t%.3f\t%.3f\t%.3f\t%ld\t%ld\t%d\n", count, times[count / 2],
	       times[0], times[count - 1], rss, anon,
	       WIFEXITED(run.status) ? WEXITSTATUS(run.status)
				     : 128 + WTERMSIG(run.status));
}

static long number(const char *text, long least, long most)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (*end || value < least || value > most) {
		fprintf(stderr, "runstat: not a fit number: %s\n", text);
		exit(2);
	}
	return value;
}

int main(int argc, char **argv)
{
	struct options options = {
		.runs = 11, .warmup = 1, .seconds = 1e6, .input = "/dev/null"};
	int option;

	while ((option = getopt(argc, argv, "+n:w:b:p:i:m")) != -1) {
		if (option == 'n')
			options.runs = number(optarg, 1, RUNS_MAX);
		else if (option == 'w')
			options.warmup = number(optarg, 0, RUNS_MAX);
		else if (option == 'b')
			options.seconds = (double)number(optarg, 0, 86400);
		else if (option == 'p')
			options.prepare = optarg;
		else if (option == 'i')
			options.input = optarg;
		else if (option == 'm')
			options.memory = true;
		else
			return 2;
	}
	options.command = argv + optind;
	if (optind >= argc)
		return 2;
	measure(&options);
	return 0;
}
