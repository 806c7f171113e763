"""The bell: rings at Redis, and costs whoever acted next to nothing when Redis is away."""

from time import monotonic

import pytest
from dramatiq import Message, Worker
from dramatiq.brokers.redis import RedisBroker

from tests.servers.belongings import free_port
from workers.bell import RINGS_WAITING, Bell, redis_bell
from workers.broker import DEAD_LETTERS_KEPT, QUEUE, EmbeddedBroker, close, declare, waiting, worker_broker

A_BLINK_SECONDS = 1.5


@pytest.fixture
def bell(redis_url):
    bell = redis_bell(redis_url)
    yield bell
    bell.close()


def rings(redis_url):
    broker = worker_broker(redis_url)
    try:
        return waiting(broker)
    finally:
        close(broker)


def test_each_committed_job_rings_once(bell, redis_url):
    bell([1, 2, 3])
    assert rings(redis_url) == 3
    assert bell.room() == RINGS_WAITING - 3


def test_redis_refused_is_no_fault_and_no_delay():
    bell = redis_bell(f"redis://127.0.0.1:{free_port()}/1")
    started = monotonic()
    bell(range(500))
    assert bell.room() == 0
    assert monotonic() - started < A_BLINK_SECONDS


def test_redis_that_stands_still_costs_one_short_time_out(bell, redis_server):
    bell([1])
    redis_server.pause()
    started = monotonic()
    for _ in range(20):
        bell(range(500))
    assert bell.room() == 0
    assert monotonic() - started < A_BLINK_SECONDS
    redis_server.resume()


def test_a_full_redis_is_no_fault(bell, redis_server):
    with redis_server.client() as client:
        client.config_set("maxmemory", 1)
    bell([1])


def test_a_restarted_redis_is_rung_again(redis_server, redis_url):
    bell = redis_bell(redis_url)
    bell([1])
    redis_server.restart()
    bell([2])
    bell.close()
    fresh = redis_bell(redis_url)
    fresh([3])
    assert rings(redis_url) >= 2
    fresh.close()


def test_there_is_no_room_once_enough_rings_wait():
    broker = EmbeddedBroker()
    bell = Bell(declare(broker, lambda _job_id: None))
    bell(range(RINGS_WAITING + 5))
    assert bell.room() == 0


def test_the_embedded_broker_forgets_old_dead_letters():
    broker = EmbeddedBroker()
    declare(broker, lambda _job_id: None)
    worker = Worker(broker, queues={QUEUE}, worker_timeout=10, worker_threads=1)
    worker.start()
    for _ in range(DEAD_LETTERS_KEPT * 2):
        broker.enqueue(Message(queue_name=QUEUE, actor_name="of another release", args=(), kwargs={}, options={}))
    broker.join(QUEUE, fail_fast=False, timeout=20_000)
    worker.stop()
    assert len(broker.dead_letters) == DEAD_LETTERS_KEPT


def test_the_broker_has_the_settings_that_keep_its_promises(redis_url):
    broker = worker_broker(redis_url)
    assert isinstance(broker, RedisBroker)
    assert (broker.heartbeat_timeout, broker.maintenance_chance) == (15_000, 200_000)
    assert [type(layer).__name__ for layer in broker.middleware] == ["TimeLimit"]
    assert [type(layer).__name__ for layer in EmbeddedBroker().middleware] == ["TimeLimit"]
    close(broker)
